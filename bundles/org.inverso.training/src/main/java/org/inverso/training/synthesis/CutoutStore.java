/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.training.synthesis;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.inverso.api.category.CategoryModel;
import org.inverso.api.scene.OrbitCamera;
import org.inverso.api.scene.ShLighting;
import org.joml.Vector3f;

/** Cutouts on disk, in files of equal records that are mapped into memory. */
public final class CutoutStore {

    /** Records of one file, at most. */
    public static final int SHARD = 500;

    private static final String EXTENSION = ".cutouts";

    private static final int CAMERA = 10;
    private static final int LIGHT = 27;

    private final int shapeCount;
    private final int poseCount;
    private final List<MappedByteBuffer> shards = new ArrayList<>();

    /** Number of the first record of each file, and at the end the number of all. */
    private final List<Integer> firsts = new ArrayList<>(List.of(0));

    /** Opens what is there. */
    public CutoutStore(Path folder, int shapeCount, int poseCount) {
        this.shapeCount = shapeCount;
        this.poseCount = poseCount;
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file :
                    files.filter(f -> f.getFileName().toString().endsWith(EXTENSION))
                            .sorted()
                            .toList()) {
                try (FileChannel channel = FileChannel.open(file)) {
                    if (channel.size() == 0 || channel.size() % recordBytes() != 0) {
                        throw new IOException(file + " was made for another template; delete it");
                    }
                    firsts.add(size() + (int) (channel.size() / recordBytes()));
                    MappedByteBuffer map =
                            channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size());
                    map.order(ByteOrder.LITTLE_ENDIAN);
                    shards.add(map);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private int recordBytes() {
        return recordBytes(shapeCount, poseCount);
    }

    private static int recordBytes(int shapeCount, int poseCount) {
        return 4 * (CAMERA + shapeCount + poseCount + LIGHT)
                + 4 * Cutout.SIZE * Cutout.SIZE
                + Cutout.SHADOW * Cutout.SHADOW
                + 3 * Cutout.TEXTURE * Cutout.TEXTURE;
    }

    /** How many cutouts of the category a file holds that {@link #write} may have written. */
    public static int count(Path folder, String name, CategoryModel category) {
        Path file = folder.resolve(name + EXTENSION);
        int bytes = recordBytes(category.template().shapeCount(), category.poseParameters().size());
        try {
            return Files.exists(file) ? (int) (Files.size(file) / bytes) : 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Writes one file of up to {@link #SHARD} cutouts; it appears when it is complete.
     *
     * @param name orders the files
     */
    public static void write(Path folder, String name, List<Cutout> cutouts) throws IOException {
        Cutout first = cutouts.get(0);
        int bytes = recordBytes(first.shape().length, first.pose().length);
        int count = cutouts.size();
        ByteBuffer buffer = ByteBuffer.allocate(count * bytes).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < count; i++) {
            Cutout c = cutouts.get(i);
            buffer.position(i * bytes);
            OrbitCamera camera = c.camera();
            float[] numbers = {
                camera.azimuthDeg(),
                camera.elevationDeg(),
                camera.rollDeg(),
                camera.distance(),
                camera.focal(),
                camera.shiftX(),
                camera.shiftY(),
                camera.target().x(),
                camera.target().y(),
                camera.target().z()
            };
            put(buffer, numbers);
            put(buffer, c.shape());
            put(buffer, c.pose());
            put(buffer, c.light().coefficients());
            buffer.put(c.rgba()).put(c.shadow()).put(c.texture());
        }
        Path part = folder.resolve(name + ".part");
        buffer.flip().limit(count * bytes);
        try (FileChannel channel =
                FileChannel.open(
                        part,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.WRITE,
                        StandardOpenOption.TRUNCATE_EXISTING)) {
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
        }
        Files.move(part, folder.resolve(name + EXTENSION), StandardCopyOption.ATOMIC_MOVE);
    }

    private static void put(ByteBuffer buffer, float[] values) {
        for (float value : values) {
            buffer.putFloat(value);
        }
    }

    public int size() {
        return firsts.get(firsts.size() - 1);
    }

    /** A copy of one of them; safe for several threads. */
    public Cutout get(int index) {
        int found = Collections.binarySearch(firsts, index);
        int shard = found >= 0 ? found : -found - 2;
        ByteBuffer buffer = shards.get(shard).duplicate().order(ByteOrder.LITTLE_ENDIAN);
        buffer.position((index - firsts.get(shard)) * recordBytes());
        float[] c = floats(buffer, CAMERA);
        float[] shape = floats(buffer, shapeCount);
        float[] pose = floats(buffer, poseCount);
        float[] light = floats(buffer, LIGHT);
        byte[] rgba = bytes(buffer, 4 * Cutout.SIZE * Cutout.SIZE);
        byte[] shadow = bytes(buffer, Cutout.SHADOW * Cutout.SHADOW);
        byte[] texture = bytes(buffer, 3 * Cutout.TEXTURE * Cutout.TEXTURE);
        return new Cutout(
                rgba,
                shadow,
                new OrbitCamera(
                        c[0], c[1], c[2], c[3], c[4], c[5], c[6], new Vector3f(c[7], c[8], c[9])),
                shape,
                pose,
                new ShLighting(light),
                texture);
    }

    private static float[] floats(ByteBuffer buffer, int count) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = buffer.getFloat();
        }
        return values;
    }

    private static byte[] bytes(ByteBuffer buffer, int count) {
        byte[] values = new byte[count];
        buffer.get(values);
        return values;
    }
}
