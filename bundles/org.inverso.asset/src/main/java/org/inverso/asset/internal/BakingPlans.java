/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.asset.internal;

import java.util.LinkedHashMap;
import java.util.Map;
import org.inverso.api.category.CategoryModel;

/** The plans used last. Some 20 MB each at a texture of 1024. */
final class BakingPlans {

    private final int capacity;
    private final Map<Key, BakingPlan> plans = new LinkedHashMap<>(16, 0.75f, true);

    BakingPlans(int capacity) {
        if (capacity < 1) {
            throw new IllegalArgumentException("keep at least one plan, not " + capacity);
        }
        this.capacity = capacity;
    }

    private record Key(String categorySha256, int textureSize) {}

    /** Makes it when it is not there; threads that ask at once get the same one. */
    synchronized BakingPlan get(CategoryModel category, int textureSize) {
        Key key = new Key(category.sha256(), textureSize);
        BakingPlan plan = plans.get(key);
        if (plan == null) {
            plan = BakingPlan.of(category.template(), textureSize);
            plans.put(key, plan);
            if (plans.size() > capacity) {
                plans.remove(plans.keySet().iterator().next());
            }
        }
        return plan;
    }
}
