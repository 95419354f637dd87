/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.training.inverse;

import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;
import org.inverso.api.InversoException;
import org.inverso.api.image.Image;

/**
 * Generated views on disk: files of some contents each, and in a file its generator's fingerprint,
 * the number of views, and of each view content, view code, side, and deflated RGBA. Colour where
 * the matte is 0 is not kept, which makes records a fifth as long. Held in memory as they are on
 * disk.
 */
public final class GanViewStore {

    private static final String EXTENSION = ".views";
    private static final int FORMAT = 0x49475631;

    private final TreeMap<Integer, List<Packed>> contents = new TreeMap<>();
    private int size;

    private record Packed(int content, int view, int side, byte[] bytes) {

        static Packed of(GanView view) {
            byte[] rgba = view.crop().rgba().clone();
            for (int i = 0; i < rgba.length; i += 4) {
                if (rgba[i + 3] == 0) {
                    rgba[i] = 0;
                    rgba[i + 1] = 0;
                    rgba[i + 2] = 0;
                }
            }
            Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION);
            deflater.setInput(rgba);
            deflater.finish();
            byte[] buffer = new byte[rgba.length + 1024];
            int length = deflater.deflate(buffer);
            deflater.end();
            return new Packed(
                    view.content(),
                    view.view(),
                    view.crop().width(),
                    java.util.Arrays.copyOf(buffer, length));
        }

        GanView open() {
            byte[] rgba = new byte[4 * side * side];
            Inflater inflater = new Inflater();
            inflater.setInput(bytes);
            try {
                int length = inflater.inflate(rgba);
                if (length != rgba.length) {
                    throw new InversoException("a stored view is cut short; delete its file");
                }
            } catch (DataFormatException e) {
                throw new InversoException("a stored view is damaged; delete its file", e);
            } finally {
                inflater.end();
            }
            return new GanView(content, view, new Image(side, side, rgba));
        }
    }

    /**
     * Opens what is there.
     *
     * @param generator fingerprint of the generator that is to have drawn the views
     * @throws InversoException when another one did
     */
    public GanViewStore(Path folder, long generator) {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file :
                    files.filter(f -> f.getFileName().toString().endsWith(EXTENSION))
                            .sorted()
                            .toList()) {
                read(file, generator);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + folder + ": " + e.getMessage(), e);
        }
    }

    private void read(Path file, long generator) throws IOException {
        try (DataInputStream in =
                new DataInputStream(new java.io.ByteArrayInputStream(Files.readAllBytes(file)))) {
            if (in.readInt() != FORMAT || in.readLong() != generator) {
                throw new InversoException(
                        file + " was made by another generator; delete its folder");
            }
            int count = in.readInt();
            for (int i = 0; i < count; i++) {
                int content = in.readInt();
                int view = in.readInt();
                int side = in.readInt();
                byte[] bytes = in.readNBytes(in.readInt());
                contents.computeIfAbsent(content, c -> new ArrayList<>())
                        .add(new Packed(content, view, side, bytes));
                size++;
            }
        }
    }

    /** Whether a file of this name is complete. */
    public static boolean has(Path folder, String name) {
        return Files.exists(folder.resolve(name + EXTENSION));
    }

    /**
     * Writes one file; it appears when it is complete.
     *
     * @param name orders the files
     * @param generator fingerprint of the generator that drew the views
     */
    public static void write(Path folder, String name, long generator, List<GanView> views)
            throws IOException {
        Path part = folder.resolve(name + ".part");
        try (DataOutputStream out =
                new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(part)))) {
            out.writeInt(FORMAT);
            out.writeLong(generator);
            out.writeInt(views.size());
            for (GanView view : views) {
                Packed packed = Packed.of(view);
                out.writeInt(packed.content);
                out.writeInt(packed.view);
                out.writeInt(packed.side);
                out.writeInt(packed.bytes.length);
                out.write(packed.bytes);
            }
        }
        Files.move(part, folder.resolve(name + EXTENSION), StandardCopyOption.ATOMIC_MOVE);
    }

    /** How many views there are. */
    public int size() {
        return size;
    }

    /** Numbers of all contents of which there is a view, ascending. */
    public List<Integer> contents() {
        return List.copyOf(contents.keySet());
    }

    /** How many views of a content there are. */
    public int viewCount(int content) {
        return contents.getOrDefault(content, List.of()).size();
    }

    /** One view of a content; safe for several threads. */
    public GanView get(int content, int index) {
        return contents.get(content).get(index).open();
    }
}
