// Copyright (c) 2026 The Inverso authors
// SPDX-License-Identifier: Apache-2.0
//
// Edge antialiasing, forward and backward. A work item gathers one sample from its four neighbours.

// Above 0, the share that the first of two neighbours, the left or upper one, takes of the second; below 0 the reverse.
static float share_of(
        const Edges *e,
        __global const float *depth,
        __global const int *face_index,
        int first,
        int second,
        int column,
        int row,
        int dx,
        int dy) {
    if (face_index[first] == face_index[second]) {
        return 0;
    }
    Crossing crossing;
    if (depth[first] <= depth[second]) {
        return find_crossing(e, face_index[first], column, row, dx, dy, &crossing) ? 0.5f - crossing.at : 0;
    }
    return find_crossing(e, face_index[second], column + dx, row + dy, -dx, -dy, &crossing)
            ? crossing.at - 0.5f
            : 0;
}

// Forward, a sample with share > 0 moves towards its neighbour. Backward, the one that moved passes that share of its
// gradient on.
static float3 gathered(__global const float *source, int backward, int s, int neighbour, float share) {
    if (share == 0 || (!backward && share < 0)) {
        return 0;
    }
    float3 own = vload3(s, source);
    float3 other = vload3(neighbour, source);
    return backward ? -share * (share > 0 ? own : other) : share * (other - own);
}

__kernel void run(
        __global const int *shape,
        __global const float *scale,
        __global const int *faces,
        __global const int *neighbours,
        __global const char *face_state,
        __global const char *front,
        __global const float *vertex_x,
        __global const float *vertex_y,
        __global const float *screen_x,
        __global const float *screen_y,
        __global const float *depth,
        __global const int *face_index,
        __global const float *source,
        __global float *target,
        int pass) {
    int width = shape[WIDTH];
    int height = shape[HEIGHT];
    int samples = width * height;
    int s = get_global_id(0);
    if (s >= shape[VIEWS] * samples) {
        return;
    }
    int view = s / samples;
    int row = (s - view * samples) / width;
    int column = s - view * samples - row * width;
    int backward = shape[BACKWARD];
    Edges e = {
        faces, neighbours, face_state, front, vertex_x, vertex_y, screen_x, screen_y,
        view * shape[VERTICES], view * shape[FACES], scale[STEP]
    };
    float3 value = vload3(s, source);
    if (column > 0) {
        float share = -share_of(&e, depth, face_index, s - 1, s, column - 1, row, 1, 0);
        value += gathered(source, backward, s, s - 1, share);
    }
    if (column < width - 1) {
        float share = share_of(&e, depth, face_index, s, s + 1, column, row, 1, 0);
        value += gathered(source, backward, s, s + 1, share);
    }
    if (row > 0) {
        float share = -share_of(&e, depth, face_index, s - width, s, column, row - 1, 0, 1);
        value += gathered(source, backward, s, s - width, share);
    }
    if (row < height - 1) {
        float share = share_of(&e, depth, face_index, s, s + width, column, row, 0, 1);
        value += gathered(source, backward, s, s + width, share);
    }
    vstore3(value, s, target);
}
