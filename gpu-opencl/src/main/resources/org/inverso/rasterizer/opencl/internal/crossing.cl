// Copyright (c) 2026 The Inverso authors
// SPDX-License-Identifier: Apache-2.0
//
// Where a silhouette edge of the nearer of two neighbouring samples' faces crosses the line between the samples.

typedef struct {
    __global const int *faces;
    __global const int *neighbours;
    __global const char *face_state;
    __global const char *front;
    __global const float *vertex_x;
    __global const float *vertex_y;
    __global const float *screen_x;
    __global const float *screen_y;
    int first_vertex;
    int first_face;
    float step;
} Edges;

typedef struct {
    // From the nearer sample, 0, to the other, 1.
    float at;
    // The edge's corners.
    int a;
    int b;
    // Derivatives of at by the corners' places on screen.
    float2 by_a;
    float2 by_b;
} Crossing;

static int silhouette(const Edges *e, int face, int corner) {
    int other = e->neighbours[3 * face + corner];
    if (other < 0) {
        return 1;
    }
    return e->face_state[e->first_face + other] == HIDDEN
            || e->front[e->first_face + other] != e->front[e->first_face + face];
}

// face: of the sample at (column, row), which is the nearer one; (dx, dy): columns and rows to its neighbour.
static int find_crossing(const Edges *e, int face, int column, int row, int dx, int dy, Crossing *found) {
    if (e->face_state[e->first_face + face] != WHOLE) {
        return 0;
    }
    int across = dx != 0;
    float x = e->screen_x[column];
    float y = e->screen_y[row];
    float from = across ? x : y;
    float level = across ? y : x;
    float length = across ? dx * e->step : -dy * e->step;
    __global const float *along = across ? e->vertex_x : e->vertex_y;
    __global const float *beside = across ? e->vertex_y : e->vertex_x;
    for (int k = 0; k < 3; k++) {
        int i = k == 2 ? 0 : k + 1;
        int j = k == 0 ? 2 : k - 1;
        int va = e->first_vertex + e->faces[3 * face + i];
        int vb = e->first_vertex + e->faces[3 * face + j];
        float height = beside[vb] - beside[va];
        float width = along[vb] - along[va];
        if ((beside[va] <= level) == (beside[vb] <= level) || fabs(width) > fabs(height)
                || !silhouette(e, face, k)) {
            continue;
        }
        float s = (level - beside[va]) / height;
        float t = (along[va] + s * width - from) / length;
        if (t >= 0 && t <= 1) {
            float a_along = (1 - s) / length;
            float b_along = s / length;
            float slope = width / height;
            found->at = t;
            found->a = i;
            found->b = j;
            found->by_a = across ? (float2)(a_along, -slope * a_along) : (float2)(-slope * a_along, a_along);
            found->by_b = across ? (float2)(b_along, -slope * b_along) : (float2)(-slope * b_along, b_along);
            return 1;
        }
    }
    return 0;
}
