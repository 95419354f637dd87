/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.shell.internal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Optional;
import org.inverso.api.InversoException;
import org.inverso.api.category.CategoryModel;
import org.inverso.shell.internal.CategoryTask.Place;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;

/**
 * The encoder that a training begins with. What one has learnt to see in pictures of cars serves
 * others too, and saves most of the time.
 */
final class InitialEncoder {

    static final String NONE = "none";

    /** A category of every distribution. */
    static final String CAR = "car";

    private static final String ENCODER = "encoder";

    private InitialEncoder() {}

    /**
     * @param name of an installed category, of a file with an encoder's weights, or {@value #NONE}
     * @throws InversoException when there is neither
     */
    static Optional<byte[]> of(String name, Place place) {
        if (name.equals(NONE)) {
            return Optional.empty();
        }
        Optional<byte[]> installed = installed(name, place.context());
        if (installed.isPresent()) {
            return installed;
        }
        Path file = place.resolve(name);
        try {
            if (Files.isRegularFile(file)) {
                return Optional.of(Files.readAllBytes(file));
            }
        } catch (IOException e) {
            throw new InversoException("cannot read " + file + ": " + e.getMessage(), e);
        }
        throw new InversoException(
                name
                        + " is neither an installed category nor a file; say --initial none to go"
                        + " without");
    }

    private static Optional<byte[]> installed(String id, BundleContext context) {
        Collection<ServiceReference<CategoryModel>> references;
        try {
            references = context.getServiceReferences(CategoryModel.class, null);
        } catch (InvalidSyntaxException e) {
            throw new IllegalStateException(e);
        }
        for (ServiceReference<CategoryModel> reference : references) {
            CategoryModel category = context.getService(reference);
            try {
                if (category != null
                        && category.id().equals(id)
                        && category.weightNames().contains(ENCODER)) {
                    return Optional.of(category.weights(ENCODER));
                }
            } finally {
                context.ungetService(reference);
            }
        }
        return Optional.empty();
    }
}
