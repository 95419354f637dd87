// Copyright (c) 2026 The Inverso authors
// SPDX-License-Identifier: Apache-2.0
//
// What the kernels share. Names and formulas are those of the rasterizer in plain Java, whose comments give the sources.
// Eight samples of a row go together as lanes of vectors: CPUs have such registers, and GPUs lose nothing.

#pragma OPENCL EXTENSION cl_khr_fp64 : enable
// An edge must give the same numbers, but for their sign, whichever of its faces asks; and a distance the same in both
// passes. Contracted into fused operations, neither would hold.
#pragma OPENCL FP_CONTRACT OFF

#define BLOCK 8

// Entries of the array shape, in the order of the enum Shape in Java.
enum {
    VIEWS,
    WIDTH,
    HEIGHT,
    BLOCKS_X,
    BLOCKS,
    VERTICES,
    FACES,
    KNUM,
    SOFT,
    SHADING,
    LIGHT_NUMBERS,
    CHANNELS,
    HAS_COLOR,
    HAS_TEXTURE,
    HAS_LEVELS,
    LEVELS,
    TEXTURE_WIDTH,
    TEXTURE_HEIGHT,
    COARSE_SIZE,
    STRIDE,
    ATTRIBUTE_OFFSET,
    GRADIENT_COLOR,
    GRADIENT_ATTRIBUTES,
    GRADIENT_DEPTH,
    GRADIENT_BARYCENTRIC,
    GRADIENT_SOFT_MASK,
    GRADIENT_EDGES,
    BACKWARD
};

// Entries of the array scale.
enum { SIGMA_INV, MARGIN, STEP, ASPECT };

// Shading, in the order of the enum in Java.
enum { NONE, LAMBERT, PHONG, SPHERICAL_HARMONICS };

// States of a face.
enum { HIDDEN, WHOLE, CUT };

// More than the rounding of distances, which are of numbers not far above 1.
#define ROUNDING 2e-6f

static float8 load_floats(__global const float *from, int at, int count) {
    if (count >= 8) {
        return vload8(0, from + at);
    }
    float some[8];
    for (int l = 0; l < 8; l++) {
        some[l] = from[at + min(l, count - 1)];
    }
    return vload8(0, some);
}

static int8 load_ints(__global const int *from, int at, int count) {
    if (count >= 8) {
        return vload8(0, from + at);
    }
    int some[8];
    for (int l = 0; l < 8; l++) {
        some[l] = from[at + min(l, count - 1)];
    }
    return vload8(0, some);
}

static void store_floats(float8 value, __global float *to, int at, int count) {
    if (count >= 8) {
        vstore8(value, 0, to + at);
        return;
    }
    float some[8];
    vstore8(value, 0, some);
    for (int l = 0; l < count; l++) {
        to[at + l] = some[l];
    }
}

static void store_ints(int8 value, __global int *to, int at, int count) {
    if (count >= 8) {
        vstore8(value, 0, to + at);
        return;
    }
    int some[8];
    vstore8(value, 0, some);
    for (int l = 0; l < count; l++) {
        to[at + l] = some[l];
    }
}

// The lanes' values at places from[stride * at + offset].
static float8 pick(__global const float *from, const int *at, int stride, int offset) {
    return (float8)(
            from[stride * at[0] + offset],
            from[stride * at[1] + offset],
            from[stride * at[2] + offset],
            from[stride * at[3] + offset],
            from[stride * at[4] + offset],
            from[stride * at[5] + offset],
            from[stride * at[6] + offset],
            from[stride * at[7] + offset]);
}

static float sum(float8 v) {
    float4 four = v.lo + v.hi;
    float2 two = four.lo + four.hi;
    return two.x + two.y;
}

static float greatest(float8 v) {
    float4 four = fmax(v.lo, v.hi);
    float2 two = fmax(four.lo, four.hi);
    return fmax(two.x, two.y);
}

static float least(float8 v) {
    float4 four = fmin(v.lo, v.hi);
    float2 two = fmin(four.lo, four.hi);
    return fmin(two.x, two.y);
}

static int8 lanes_below(int count) {
    return (int8)(0, 1, 2, 3, 4, 5, 6, 7) < (int8)(count);
}

// Where on the segment a-b the point nearest to (x, y) is: 0 at a, 1 at b.
static float8 nearest(float8 x, float y, float2 a, float2 b) {
    float2 u = b - a;
    float8 along = (x - a.x) * u.x + (y - a.y) * u.y;
    return fmin(fmax(along / fmax(u.x * u.x + u.y * u.y, FLT_MIN), 0.0f), 1.0f);
}

static float8 squared_distance(float8 x, float y, float2 a, float2 b) {
    float2 u = b - a;
    float8 t = nearest(x, y, a, b);
    float8 dx = (x - a.x) - t * u.x;
    float8 dy = (y - a.y) - t * u.y;
    return dx * dx + dy * dy;
}

// Squared distance from points outside to an outline of three corners, or of four when the last is a number.
static float8 outline_distance(float8 x, float y, float8 p) {
    float8 d = fmin(squared_distance(x, y, p.s01, p.s23), squared_distance(x, y, p.s23, p.s45));
    if (isnan(p.s6)) {
        return fmin(d, squared_distance(x, y, p.s45, p.s01));
    }
    d = fmin(d, squared_distance(x, y, p.s45, p.s67));
    return fmin(d, squared_distance(x, y, p.s67, p.s01));
}

// Whether boxes with margin hold the points.
static int8 in_reach(float8 x, float y, float4 box, float margin) {
    float8 dx = fmax(box.x - x, x - box.z);
    float dy = fmax(box.y - y, y - box.w);
    return fmax(dx, dy) <= margin;
}
