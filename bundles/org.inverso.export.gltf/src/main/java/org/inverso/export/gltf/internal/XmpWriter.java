/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.export.gltf.internal;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.TreeMap;

/**
 * Writes provenance as an XMP packet, {@code KHR_xmp_json_ld}: where asset managers look for it.
 * What XMP has no word for is in a name space of our own.
 */
final class XmpWriter {

    static final String EXTENSION = "KHR_xmp_json_ld";

    private static final String OWN = "inverso";

    private final Map<String, String> provenance;

    private final String format;

    /**
     * @param format media type of the file
     */
    XmpWriter(Map<String, String> provenance, String format) {
        this.format = format;
        this.provenance = new TreeMap<>(provenance);
    }

    /**
     * @param materials learns that the extension is used
     */
    void writeTo(ObjectNode root, MaterialWriter materials) {
        if (provenance.isEmpty()) {
            return;
        }
        materials.use(EXTENSION);
        ObjectNode packet =
                root.withObject("/extensions").putObject(EXTENSION).putArray("packets").addObject();
        packet.putObject("@context")
                .put("dc", "http://purl.org/dc/elements/1.1/")
                .put("xmp", "http://ns.adobe.com/xap/1.0/")
                .put(OWN, "urn:" + OWN + ":");
        packet.put("@id", "").put("dc:format", format);
        provenance.forEach(
                (key, value) ->
                        packet.put(
                                key.equals("tool") ? "xmp:CreatorTool" : OWN + ":" + key, value));
        root.withObject("/asset/extensions").putObject(EXTENSION).put("packet", 0);
    }
}
