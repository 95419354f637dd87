/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.api.category;

/**
 * One degree of freedom of the pose.
 *
 * @param name for example {@code steering}
 * @param minRadians lower limit
 * @param maxRadians upper limit
 */
public record PoseParameter(String name, float minRadians, float maxRadians) {}
