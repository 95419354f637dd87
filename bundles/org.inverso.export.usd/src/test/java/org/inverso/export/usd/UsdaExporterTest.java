/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.export.usd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import org.inverso.export.usd.UsdaReader.Prim;
import org.inverso.imaging.ImageIoImaging;
import org.junit.jupiter.api.Test;

class UsdaExporterTest {

    private static final double EXACT = 1e-5;

    private final UsdaExporter exporter = new UsdaExporter(new ImageIoImaging());
    private final Map<String, byte[]> files = exporter.export(SmallAssets.car(), "photo 1");
    private final Prim layer = UsdaReader.read(files.get("usda"));
    private final Prim car = layer.at("car");

    @Test
    void layerTellsUnitsAxesAndTime() {
        assertThat(layer.metadata)
                .containsEntry("defaultPrim", "\"car\"")
                .containsEntry("metersPerUnit", "1")
                .containsEntry("upAxis", "\"Y\"")
                .containsEntry("timeCodesPerSecond", "24")
                .containsEntry("startTimeCode", "0")
                .containsEntry("endTimeCode", "24")
                .containsEntry("customLayerData.string tool", "\"a \\\"test\\\"\\nof it\"");
        assertThat(layer.children).containsOnlyKeys("car");
    }

    @Test
    void assetIsAComponentWithItsVariantsChosen() {
        assertThat(car.type).isEqualTo("Xform");
        assertThat(car.metadata)
                .containsEntry("kind", "\"component\"")
                .containsEntry("assetInfo.asset identifier", "@photo 1.usda@")
                .containsEntry("assetInfo.string version", "\"1.2\"")
                .containsEntry("variants.string clip", "\"photo\"")
                .containsEntry("variants.string look", "\"photo\"")
                .containsEntry("prepend variantSets", "[\"clip\", \"look\"]");
        assertThat(car.numbers("extentsHint"))
                .containsExactly(new double[] {-1.1, 0, -1.25, 3, 0.6, 1.529552}, within(EXACT));
    }

    @Test
    void partsMeetInSharedPointsAndKeepTheirMaterials() {
        Prim body = car.at("chassis/body/body_mesh");
        assertThat(body.type).isEqualTo("Mesh");
        assertThat(body.numbers("points")).hasSize(3 * 6);
        assertThat(body.numbers("faceVertexCounts")).containsExactly(3, 3, 3, 3);
        assertThat(body.numbers("faceVertexIndices"))
                .containsExactly(0, 1, 2, 0, 2, 3, 1, 4, 5, 1, 5, 2);
        assertThat(body.numbers("normals")).hasSize(3 * 12);
        assertThat(body.propertyMetadata.get("normals"))
                .containsEntry("interpolation", "\"faceVarying\"");
        // From below.
        assertThat(body.numbers("primvars:st")).containsExactly(0, 0, 1, 0, 1, 0.75, 0, 1);
        assertThat(body.numbers("primvars:st:indices"))
                .containsExactly(0, 1, 2, 0, 2, 3, 0, 1, 2, 0, 2, 3);
        assertThat(body.get("subdivisionScheme")).isEqualTo("\"none\"");
        assertThat(body.children).containsOnlyKeys("paint", "glass");
        assertThat(body.at("glass").numbers("indices")).containsExactly(2, 3);
        assertThat(body.at("glass").get("material:binding")).isEqualTo("</car/Materials/glass>");
    }

    @Test
    void looksBindOtherMaterials() {
        String paint = "chassis/body/body_mesh/paint";
        assertThat(car.at(paint).properties).doesNotContainKey("material:binding");
        Map<String, Prim> looks = car.variantSets.get("look");
        assertThat(looks).containsOnlyKeys("photo", "dark_red");
        assertThat(looks.get("photo").at(paint).get("material:binding"))
                .isEqualTo("</car/Materials/paint>");
        assertThat(looks.get("dark_red").at(paint).get("material:binding"))
                .isEqualTo("</car/Materials/paint_red>");
        assertThat(car.at("Materials").children).containsOnlyKeys("paint", "paint_red", "glass");
    }

    @Test
    void materialsArePreviewSurfaces() {
        Prim paint = car.at("Materials/paint");
        assertThat(paint.get("outputs:surface.connect"))
                .isEqualTo("</car/Materials/paint/Surface.outputs:surface>");
        assertThat(paint.at("Surface").properties)
                .containsEntry(
                        "inputs:diffuseColor.connect",
                        "</car/Materials/paint/BaseColor.outputs:rgb>")
                .containsEntry("inputs:metallic", "0.125")
                .containsEntry("inputs:roughness", "0.75")
                .containsEntry("inputs:clearcoat", "0.5")
                .containsEntry("inputs:clearcoatRoughness", "0.0625");
        assertThat(paint.at("BaseColor").properties)
                .containsEntry("inputs:file", "@./photo 1.base_color.jpg@")
                .containsEntry("inputs:scale", "(1, 0.5, 0.25, 1)")
                .containsEntry("inputs:sourceColorSpace", "\"sRGB\"")
                .containsEntry("inputs:st.connect", "</car/Materials/paint/St.outputs:result>");
        assertThat(car.at("Materials/glass/Surface").properties)
                .containsEntry("inputs:diffuseColor", "(1, 0.5, 0.25)")
                .containsEntry("inputs:emissiveColor", "(0, 0, 1.5)")
                .containsEntry("inputs:opacity", "0.25");
        assertThat(files).containsOnlyKeys("usda", "base_color.jpg");
    }

    @Test
    void clipsAreVariantsAndThePhotoStandsStill() {
        Map<String, Prim> clips = car.variantSets.get("clip");
        assertThat(clips).containsOnlyKeys("photo", "drive", "lights");
        assertThat(clips.get("photo").get("xformOp:translate")).isEqualTo("(0, 0, 0)");
        assertThat(clips.get("drive").get("xformOp:translate.timeSamples"))
                .isEqualTo("{ 0: (0, 0, 0), 12: (0, 0, 1), 24: (0, 0, 2) }");
        assertThat(clips.get("drive").at("wheel").get("xformOp:orient.timeSamples"))
                .isEqualTo("{ 0: (1, 0, 0, 0), 12: (0, 1, 0, 0), 24: (-1, 0, 0, 0) }");
        assertThat(clips.get("lights").at("wheel").numbers("xformOp:orient"))
                .containsExactly(new double[] {0.988771, 0, 0.149438, 0}, within(EXACT));
        // Stronger than any variant, a local value would hide them all.
        assertThat(car.at("wheel").properties).doesNotContainKey("xformOp:orient");
        assertThat(car.at("wheel_2").properties).containsKey("xformOp:orient");
        assertThat(car.at("wheel").get("xformOpOrder"))
                .isEqualTo("[\"xformOp:translate\", \"xformOp:orient\"]");
    }

    @Test
    void whatAClipShowsIsInvisibleElsewhere() {
        String glow = "chassis/body/glow";
        assertThat(car.at(glow).numbers("xformOp:translate")).containsExactly(0, 1, 2);
        assertThat(car.at(glow).get("xformOpOrder")).doesNotContain("scale");
        Map<String, Prim> clips = car.variantSets.get("clip");
        assertThat(clips.get("photo").at(glow).get("visibility")).isEqualTo("\"invisible\"");
        assertThat(clips.get("drive").at(glow).get("visibility")).isEqualTo("\"invisible\"");
        assertThat(clips.get("lights").at(glow).get("visibility.timeSamples"))
                .isEqualTo("{ 0: \"invisible\", 12: \"inherited\", 24: \"invisible\" }");
    }

    @Test
    void wheelsAreBodiesOnJoints() {
        assertThat(car.at("chassis").metadata.get("prepend apiSchemas"))
                .contains("PhysicsRigidBodyAPI", "PhysicsMassAPI");
        assertThat(car.at("chassis/body/body_mesh").metadata.get("prepend apiSchemas"))
                .contains("PhysicsCollisionAPI");
        for (String wheel : List.of("wheel", "wheel_2", "wheel_3", "wheel_4")) {
            Prim body = car.at(wheel);
            assertThat(body.type).isEqualTo("Xform");
            assertThat(body.metadata.get("prepend apiSchemas")).contains("PhysicsRigidBodyAPI");
            Prim collider = body.at("collider");
            assertThat(collider.type).isEqualTo("Cylinder");
            assertThat(collider.get("axis")).isEqualTo("\"X\"");
            assertThat(collider.numbers("radius")).containsExactly(0.3);
            assertThat(collider.numbers("height")).containsExactly(0.2);
            Prim joint = car.at("Physics/" + wheel + "_joint");
            assertThat(joint.get("physics:body0")).isEqualTo("</car/chassis>");
            assertThat(joint.get("physics:body1")).isEqualTo("</car/" + wheel + ">");
            assertThat(joint.numbers("physics:localRot0"))
                    .containsExactly(new double[] {1, 0, 0, 0}, within(EXACT));
        }
        Prim front = car.at("Physics/wheel_joint");
        assertThat(front.type).isEqualTo("PhysicsJoint");
        assertThat(front.numbers("physics:localPos0")).containsExactly(1, 0.3, 1.5);
        assertThat(front.numbers("drive:rotY:physics:targetPosition"))
                .containsExactly(new double[] {Math.toDegrees(SmallAssets.STEERING)}, within(1e-3));
        assertThat(car.at("Physics/wheel_3_joint").type).isEqualTo("PhysicsRevoluteJoint");
        Map<String, Prim> clips = car.variantSets.get("clip");
        assertThat(clips.get("photo").at("wheel_3").get("physics:rigidBodyEnabled")).isEqualTo("1");
        assertThat(clips.get("drive").at("chassis").get("physics:rigidBodyEnabled")).isEqualTo("0");
    }

    @Test
    void skinsBecomeSkeletonsThatRestAsInThePhoto() {
        Prim snake = UsdaReader.read(exporter.export(SmallAssets.snake())).at("snake");
        assertThat(snake.type).isEqualTo("SkelRoot");
        Prim skeleton = snake.at("Skeleton");
        assertThat(skeleton.get("joints")).isEqualTo("[\"tail\", \"tail/head\"]");
        double[] bind = skeleton.numbers("bindTransforms");
        assertThat(bind).hasSize(32);
        assertThat(bind[13]).isEqualTo(1);
        assertThat(bind[16 + 13]).isEqualTo(3);
        double[] rest = skeleton.numbers("restTransforms");
        assertThat(rest[13]).isEqualTo(1);
        assertThat(rest[16 + 13]).isEqualTo(2);
        // Row vectors: turned by half a radian, X becomes (cos, sin).
        assertThat(rest[16]).isCloseTo(Math.cos(0.5), within(EXACT));
        assertThat(rest[17]).isCloseTo(Math.sin(0.5), within(EXACT));

        Prim strip = snake.at("strip");
        assertThat(strip.get("skel:skeleton")).isEqualTo("</snake/Skeleton>");
        assertThat(strip.numbers("primvars:skel:jointIndices"))
                .containsExactly(0, 1, 1, 1, 0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1);
        assertThat(strip.numbers("primvars:skel:jointWeights"))
                .startsWith(1, 0, 0, 0, 0.5, 0.5, 0, 0);
        assertThat(strip.propertyMetadata.get("primvars:skel:jointWeights"))
                .containsEntry("elementSize", "4");
        assertThat(strip.properties).doesNotContainKey("xformOpOrder");
        assertThat(snake.children).doesNotContainKeys("tail", "head", "chassis", "Physics");
    }

    @Test
    void clipsOfASkeletonAreItsAnimations() {
        Prim snake = UsdaReader.read(exporter.export(SmallAssets.snake())).at("snake");
        Prim bend = snake.at("Animations/bend");
        assertThat(bend.type).isEqualTo("SkelAnimation");
        assertThat(bend.get("rotations.timeSamples").split("\n"))
                .containsExactly(
                        "0: [(1, 0, 0, 0), (1, 0, 0, 0)],",
                        "48: [(1, 0, 0, 0), (0.707107, 0, 0, 0.707107)],");
        assertThat(bend.get("translations.timeSamples").split("\n"))
                .containsExactly("0: [(0, 1, 0), (0, 2, 0)],", "24: [(0, 5, 0), (0, 2, 0)],");
        Map<String, Prim> clips = snake.variantSets.get("clip");
        assertThat(clips.get("photo").children).isEmpty();
        assertThat(clips.get("bend").at("Skeleton").get("skel:animationSource"))
                .isEqualTo("</snake/Animations/bend>");
    }

    @Test
    void theSameAssetGivesTheSameBytes() {
        assertThat(exporter.export(SmallAssets.car(), "photo 1").get("usda"))
                .isEqualTo(files.get("usda"));
        assertThat(exporter.export(SmallAssets.snake()))
                .isEqualTo(exporter.export(SmallAssets.snake()));
    }
}
