/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.api.editing;

import java.util.List;
import java.util.Map;
import org.inverso.api.InversoException;

/** Works on the files of finished assets, without the photos that they came from. */
public interface AssetEditor {

    /**
     * Looks for what an asset's users would stumble over.
     *
     * @param name of the file, for messages
     * @param glb bytes of a GLB file
     * @param triangleBudget triangles that it should have at most
     * @throws InversoException when it cannot be read
     */
    List<Finding> check(String name, byte[] glb, int triangleBudget);

    /**
     * Changes an asset.
     *
     * @param name of the file, for messages
     * @param glb bytes of a GLB file
     * @throws InversoException when it cannot be read, or has nothing that could be changed so
     */
    Edited edit(String name, byte[] glb, AssetEdit edit);

    /**
     * One thing that was looked at.
     *
     * @param subject in one or two words
     * @param good whether it is as it should be
     * @param text what was found, in one line
     */
    record Finding(String subject, boolean good, String text) {}

    /**
     * @param files bytes by extension: {@code glb}, and {@code lodN.glb} for each level of detail
     * @param remarks what a user should know, one line each
     */
    record Edited(Map<String, byte[]> files, List<String> remarks) {}
}
