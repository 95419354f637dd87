/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.category.internal;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.net.URLConnection;
import java.nio.file.NoSuchFileException;
import java.util.Enumeration;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.osgi.framework.Bundle;

/** An installed bundle; after an update of the bundle it has the new data. */
final class BundleContainer implements CategoryContainer {

    private final Bundle bundle;

    BundleContainer(Bundle bundle) {
        this.bundle = bundle;
    }

    @Override
    public Stream<Entry> entries() {
        Enumeration<URL> found = bundle.findEntries("/", null, true);
        if (found == null) {
            return Stream.empty();
        }
        return StreamSupport.stream(
                        Spliterators.spliteratorUnknownSize(found.asIterator(), 0), false)
                .filter(url -> !url.getPath().endsWith("/"))
                .map(BundleContainer::entry);
    }

    private static Entry entry(URL url) {
        try {
            URLConnection connection = url.openConnection();
            long bytes = connection.getContentLengthLong();
            // It was opened for its length.
            connection.getInputStream().close();
            return new Entry(url.getPath().substring(1), bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public InputStream open(String name) throws IOException {
        URL entry;
        try {
            entry = bundle.getEntry(name);
        } catch (IllegalStateException e) {
            throw new NoSuchFileException(name, null, "its bundle was uninstalled");
        }
        if (entry == null) {
            throw new NoSuchFileException(name);
        }
        return entry.openStream();
    }
}
