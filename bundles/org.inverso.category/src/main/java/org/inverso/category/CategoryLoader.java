/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.category;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.SortedMap;
import java.util.TreeMap;
import org.inverso.api.CategoryException;
import org.inverso.api.category.CategoryModel;
import org.inverso.api.category.TemplateMesh;
import org.inverso.category.internal.CategoryDescriptor;
import org.inverso.category.internal.CategoryDescriptor.WeightFile;
import org.inverso.category.internal.CategoryFiles;
import org.inverso.category.internal.DescriptorReader;
import org.inverso.category.internal.LoadedCategory;
import org.inverso.category.internal.WeightCheck;
import org.inverso.geometry.GltfTemplateReader;
import org.inverso.geometry.ShapeModel;

/**
 * Loads a category and checks all of it first: descriptor, template, and sizes, hashes, shapes and
 * numbers of the weights. Weights are read again when somebody asks for them, not kept.
 */
public final class CategoryLoader {

    private static final int MAX_DESCRIPTOR = 4 << 20;
    private static final int MAX_TEMPLATE = 64 << 20;
    private static final int MAX_WEIGHTS = 256 << 20;
    private static final int MAX_MODEL_CARD = 4 << 20;

    /** Loads from a folder with {@code category.json} and the files it names. */
    public CategoryModel load(Path folder) {
        return load(CategorySource.folder(folder));
    }

    /**
     * @throws CategoryException when something is wrong with the data; the message is one line
     */
    public CategoryModel load(CategorySource source) {
        CategoryFiles files = new CategoryFiles(source);
        byte[] descriptorBytes = files.read(CategorySource.DESCRIPTOR, MAX_DESCRIPTOR);
        CategoryDescriptor descriptor = DescriptorReader.read(descriptorBytes);
        byte[] templateBytes = files.read(descriptor.template(), MAX_TEMPLATE);
        TemplateMesh template =
                new GltfTemplateReader().read(templateBytes, descriptor.declaration());
        // Refuses pose parameters that nothing turns by.
        new ShapeModel(template, descriptor.pose());
        requireClips(descriptor, template);
        SortedMap<String, String> hashes = new TreeMap<>();
        hashes.put(CategorySource.DESCRIPTOR, CategoryFiles.sha256(descriptorBytes));
        hashes.put(descriptor.template(), CategoryFiles.sha256(templateBytes));
        if (!descriptor.modelCard().isEmpty()) {
            byte[] card = files.read(descriptor.modelCard(), MAX_MODEL_CARD);
            hashes.put(descriptor.modelCard(), CategoryFiles.sha256(card));
        }
        WeightCheck weightCheck = new WeightCheck(template.shapeCount(), descriptor.pose().size());
        for (WeightFile weight : descriptor.weights()) {
            if (weight.bytes() > MAX_WEIGHTS) {
                throw new CategoryException(
                        weight.file() + " has more than " + MAX_WEIGHTS + " bytes");
            }
            weightCheck.check(weight, files.read(weight.file(), (int) weight.bytes()));
            hashes.put(weight.file(), weight.sha256());
        }
        return new LoadedCategory(descriptor, template, combined(hashes), files);
    }

    /** Clips of rigid parts are made, those of a skeleton are the template's. */
    private static void requireClips(CategoryDescriptor descriptor, TemplateMesh template) {
        for (String name : descriptor.clips()) {
            if (template.skin().isPresent()
                    && template.clips().stream().noneMatch(c -> c.name().equals(name))) {
                throw new CategoryException("template has no animation for the clip " + name);
            }
        }
    }

    /** Over names and hashes of all files, in the order of their names. */
    private static String combined(SortedMap<String, String> hashes) {
        MessageDigest digest = CategoryFiles.digest();
        hashes.forEach(
                (path, sha256) ->
                        digest.update(
                                (path + "\n" + sha256 + "\n").getBytes(StandardCharsets.UTF_8)));
        return HexFormat.of().formatHex(digest.digest());
    }
}
