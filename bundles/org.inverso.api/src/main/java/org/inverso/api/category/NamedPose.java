/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.api.category;

/**
 * A pose that objects of a category are often seen in.
 *
 * @param name for example {@code grazing}
 * @param weight share of the objects; those of all poses of a category add up to 1 at most, and
 *     what they leave is near the means of the parameters
 * @param values {@code float[P]}, one for each pose parameter, radians
 */
public record NamedPose(String name, double weight, float[] values) {}
