/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.export.usd.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.inverso.api.asset.Asset;
import org.joml.Quaternionf;
import org.joml.Quaternionfc;
import org.joml.Vector3f;

/**
 * What lets an object on wheels be driven: rigid bodies for the chassis and each wheel, joints
 * between them with drives, and shapes that collide. Without suspension.
 */
final class CarPhysics {

    /** Name of the prim that holds all that is not a wheel. */
    static final String CHASSIS = "chassis";

    private static final String SCOPE = "Physics";
    private static final String TYRE = "Tyre";
    private static final int FEWEST_WHEELS = 3;

    /** Mass of a usual car by its bounding box: 1300 kg for 4.5 x 1.8 x 1.45 m. */
    private static final float KILOGRAMS_PER_CUBIC_METRE = 110;

    /** Mass of a usual wheel of 0.33 m radius and 0.2 m width, by its volume. */
    private static final float WHEEL_DENSITY = 300;

    /** The centre of mass lies this many times as high as the axles. */
    private static final float CENTRE_HEIGHT = 1.5f;

    /** Largest angle of a steered wheel, degrees. */
    private static final float LARGEST_STEERING = 35;

    private final Asset asset;
    private final String root;
    private final List<Integer> wheels;
    private final float meanZ;

    /**
     * @param root path of the asset's prim
     */
    CarPhysics(Asset asset, String root) {
        this.asset = asset;
        this.root = root;
        this.wheels = new ArrayList<>();
        for (int n = 0; n < asset.nodes().size(); n++) {
            if (rolls(asset.nodes().get(n))) {
                wheels.add(n);
            }
        }
        meanZ =
                (float)
                        wheels.stream()
                                .mapToDouble(n -> asset.nodes().get(n).translation().z())
                                .average()
                                .orElse(0);
    }

    private boolean rolls(Asset.Node node) {
        return node.mesh() >= 0
                && node.parent() == 0
                && "wheel".equals(node.extras().get("role"))
                && node.extras().containsKey("radius");
    }

    /** Whether the asset can be driven at all. */
    boolean applies() {
        return wheels.size() >= FEWEST_WHEELS;
    }

    boolean isWheel(int node) {
        return applies() && wheels.contains(node);
    }

    /** Whether a node's mesh is what the chassis collides with. */
    boolean isHull(Asset.Node node) {
        return applies() && "body".equals(node.extras().get("role"));
    }

    /** API schemas of a rigid body. */
    static List<String> bodySchemas() {
        return List.of("PhysicsRigidBodyAPI", "PhysicsMassAPI");
    }

    /** Properties of the chassis' prim. */
    void writeChassis(float[] extent, UsdaText text) {
        double volume = 1;
        for (int c = 0; c < 3; c++) {
            volume *= extent[3 + c] - extent[c];
        }
        double axles =
                wheels.stream()
                        .mapToDouble(n -> asset.nodes().get(n).translation().y())
                        .average()
                        .orElseThrow();
        text.line("float physics:mass = " + UsdaText.number(KILOGRAMS_PER_CUBIC_METRE * volume));
        text.line(
                "point3f physics:centerOfMass = "
                        + UsdaText.tuple(0, CENTRE_HEIGHT * axles, meanZ));
    }

    /** Properties of a wheel's prim, and the shape below it that rolls. */
    void writeWheel(Asset.Node node, UsdaText text) {
        float[] extent = new WeldedMesh(asset.meshes().get(node.mesh())).extent();
        double radius = radius(node);
        double width = extent[3] - extent[0];
        text.line(
                "float physics:mass = "
                        + UsdaText.number(WHEEL_DENSITY * Math.PI * radius * radius * width));
        text.prim(
                "def Cylinder \"collider\"",
                List.of(UsdaText.schemas(List.of("PhysicsCollisionAPI", "MaterialBindingAPI"))),
                () -> {
                    text.line("uniform token axis = \"X\"");
                    text.line(
                            "float3[] extent = ["
                                    + UsdaText.tuple(-width / 2, -radius, -radius)
                                    + ", "
                                    + UsdaText.tuple(width / 2, radius, radius)
                                    + "]");
                    text.line("double height = " + UsdaText.number(width));
                    text.line(
                            "rel material:binding:physics = <"
                                    + root
                                    + "/"
                                    + SCOPE
                                    + "/"
                                    + TYRE
                                    + ">");
                    text.line("uniform token purpose = \"guide\"");
                    text.line("double radius = " + UsdaText.number(radius));
                    text.line(
                            "double3 xformOp:translate = "
                                    + UsdaText.tuple((extent[0] + extent[3]) / 2, 0, 0));
                    text.line("uniform token[] xformOpOrder = [\"xformOp:translate\"]");
                });
    }

    private static double radius(Asset.Node node) {
        return Double.parseDouble(node.extras().get("radius"));
    }

    /**
     * Joints, and what tyres are made of.
     *
     * @param names of the wheels' prims, by node
     */
    void writeJoints(Map<Integer, String> names, UsdaText text) {
        text.block(
                "def Scope " + UsdaText.quoted(SCOPE),
                () -> {
                    text.prim(
                            "def Material " + UsdaText.quoted(TYRE),
                            List.of(UsdaText.schemas(List.of("PhysicsMaterialAPI"))),
                            () -> {
                                text.line("float physics:dynamicFriction = 0.9");
                                text.line("float physics:restitution = 0");
                                text.line("float physics:staticFriction = 1");
                            });
                    for (int wheel : wheels) {
                        if (asset.nodes().get(wheel).translation().z() > meanZ) {
                            writeSteered(wheel, names.get(wheel), text);
                        } else {
                            writeFixedAxle(wheel, names.get(wheel), text);
                        }
                    }
                });
    }

    private void writeFixedAxle(int wheel, String name, UsdaText text) {
        text.prim(
                "def PhysicsRevoluteJoint " + UsdaText.quoted(name + "_joint"),
                List.of(UsdaText.schemas(List.of("PhysicsDriveAPI:angular"))),
                () -> {
                    writeFrames(wheel, name, text);
                    text.line("uniform token physics:axis = \"X\"");
                    writeDrive("angular", 100, 0, "targetVelocity", 0, text);
                });
    }

    private void writeSteered(int wheel, String name, UsdaText text) {
        text.prim(
                "def PhysicsJoint " + UsdaText.quoted(name + "_joint"),
                List.of(
                        UsdaText.schemas(
                                List.of(
                                        "PhysicsLimitAPI:transX",
                                        "PhysicsLimitAPI:transY",
                                        "PhysicsLimitAPI:transZ",
                                        "PhysicsLimitAPI:rotY",
                                        "PhysicsLimitAPI:rotZ",
                                        "PhysicsDriveAPI:rotX",
                                        "PhysicsDriveAPI:rotY"))),
                () -> {
                    writeFrames(wheel, name, text);
                    for (String locked : List.of("transX", "transY", "transZ", "rotZ")) {
                        writeLimit(locked, 1, -1, text);
                    }
                    writeLimit("rotY", -LARGEST_STEERING, LARGEST_STEERING, text);
                    writeDrive("rotX", 0, 0, "targetVelocity", 0, text);
                    double angle = Math.toDegrees(steering(asset.nodes().get(wheel).rotation()));
                    writeDrive("rotY", 1e4, 1e5, "targetPosition", angle, text);
                });
    }

    /** Low above high locks the degree of freedom. */
    private static void writeLimit(String axis, double low, double high, UsdaText text) {
        text.line("float limit:" + axis + ":physics:high = " + UsdaText.number(high));
        text.line("float limit:" + axis + ":physics:low = " + UsdaText.number(low));
    }

    private static void writeDrive(
            String axis,
            double damping,
            double stiffness,
            String target,
            double value,
            UsdaText text) {
        String prefix = "float drive:" + axis + ":physics:";
        text.line(prefix + "damping = " + UsdaText.number(damping));
        text.line(prefix + "stiffness = " + UsdaText.number(stiffness));
        text.line(prefix + target + " = " + UsdaText.number(value));
        text.line("uniform token drive:" + axis + ":physics:type = \"force\"");
    }

    /** The joint stands in the axle, its X axis along it when nobody steers. */
    private void writeFrames(int wheel, String name, UsdaText text) {
        Asset.Node node = asset.nodes().get(wheel);
        Quaternionf straight =
                new Quaternionf()
                        .rotationY(-steering(node.rotation()))
                        .mul(node.rotation())
                        .normalize();
        text.line("rel physics:body0 = <" + root + "/" + CHASSIS + ">");
        text.line("rel physics:body1 = <" + root + "/" + name + ">");
        text.line("point3f physics:localPos0 = " + UsdaText.vector(node.translation()));
        text.line("point3f physics:localPos1 = (0, 0, 0)");
        text.line("quatf physics:localRot0 = " + UsdaText.quaternion(straight));
        text.line("quatf physics:localRot1 = (1, 0, 0, 0)");
    }

    /** About the vertical, radians: where the axle points. */
    private static float steering(Quaternionfc rotation) {
        Vector3f axle = rotation.transform(new Vector3f(1, 0, 0));
        return (float) StrictMath.atan2(-axle.z, axle.x);
    }

    /** Bodies do not follow forces while a clip moves them. */
    void enable(Motions motions, List<String> path) {
        String enabled = "bool physics:rigidBodyEnabled = ";
        motions.variants().first().at(path).say(enabled + 1);
        motions.clips().values().forEach(clip -> clip.at(path).say(enabled + 0));
    }
}
