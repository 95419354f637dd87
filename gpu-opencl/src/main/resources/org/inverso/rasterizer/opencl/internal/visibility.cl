// Copyright (c) 2026 The Inverso authors
// SPDX-License-Identifier: Apache-2.0
//
// Nearest faces and soft mask. A work item does a block of 8 x 8 samples, row by row.

// The nearest faces of a row's samples, by distance; of equal ones that with the lower index first.
typedef struct {
    float8 distance[CAPACITY];
    int8 face[CAPACITY];
    int used;
} Nearest;

static void insert(Nearest *list, int knum, float8 d, int face) {
    if (list->used < knum) {
        list->distance[list->used] = INFINITY;
        list->face[list->used++] = -1;
    }
    int8 f = face;
    int8 moves = 0;
    for (int k = 0; k < list->used; k++) {
        float8 at = list->distance[k];
        int8 whose = list->face[k];
        moves |= d < at;
        list->distance[k] = select(at, d, moves);
        d = select(d, at, moves);
        list->face[k] = select(whose, f, moves);
        f = select(f, whose, moves);
    }
}

// Squared distance beyond which boxes need no look: the bound's where it is below the margin, that of the margin's corner
// else.
static float limit_of(float bound, float margin) {
    float reach = bound < margin ? bound : 1.4143f * margin + ROUNDING;
    return reach * reach;
}

__kernel void run(
        __global const int *shape,
        __global const float *scale,
        __global const int *faces,
        __global const double *clip,
        __global const double *vertex_depth,
        __global const char *face_state,
        __global const float *face_box,
        __global const float *outlines,
        __global const int *bin_start,
        __global const int *bin_faces,
        __global const double *ndc_x,
        __global const double *ndc_y,
        __global const float *screen_x,
        __global const float *screen_y,
        __global float *depth,
        __global int *face_index,
        __global float *barycentric,
        __global float *soft_mask,
        __global float *miss,
        __global float *farthest,
        __global int *farthest_face,
        __global float *block_reach,
        int pass) {
    int item = get_global_id(0);
    int blocks = shape[BLOCKS];
    if (item >= shape[VIEWS] * blocks) {
        return;
    }
    int view = item / blocks;
    int block = item - view * blocks;
    int width = shape[WIDTH];
    int height = shape[HEIGHT];
    int x0 = block % shape[BLOCKS_X] * BLOCK;
    int y0 = block / shape[BLOCKS_X] * BLOCK;
    int columns = min(BLOCK, width - x0);
    int rows = min(BLOCK, height - y0);
    int first_face = view * shape[FACES];
    int first_vertex = view * shape[VERTICES];
    int first_sample = (view * height + y0) * width + x0;
    int begin = bin_start[item];
    int end = bin_start[item + 1];
    float hair = 0.01f * scale[STEP];
    double8 u = vload8(0, ndc_x + x0);
    float8 px = vload8(0, screen_x + x0);
    float left = px.s0;
    float right = screen_x[x0 + columns - 1];
    float top = screen_y[y0];
    float bottom = screen_y[y0 + rows - 1];

    float8 z[BLOCK];
    int8 hit[BLOCK];
    float8 b0[BLOCK];
    float8 b1[BLOCK];
    float8 b2[BLOCK];
    for (int r = 0; r < BLOCK; r++) {
        z[r] = INFINITY;
        hit[r] = -1;
        b0[r] = 0;
        b1[r] = 0;
        b2[r] = 0;
    }

    for (int e = begin; e < end; e++) {
        int f = bin_faces[e];
        float4 box = vload4(first_face + f, face_box);
        if (box.x > right + hair || box.z < left - hair || box.y > top + hair || box.w < bottom - hair) {
            continue;
        }
        int v0 = first_vertex + faces[3 * f];
        int v1 = first_vertex + faces[3 * f + 1];
        int v2 = first_vertex + faces[3 * f + 2];
        double4 p0 = vload4(v0, clip);
        double4 p1 = vload4(v1, clip);
        double4 p2 = vload4(v2, clip);
        double ax = p1.y * p2.w - p1.w * p2.y;
        double ay = p1.w * p2.x - p1.x * p2.w;
        double a1 = p1.x * p2.y - p1.y * p2.x;
        double sign = ax * p0.x + ay * p0.y + a1 * p0.w < 0 ? -1 : 1;
        ax *= sign;
        ay *= sign;
        a1 *= sign;
        double bx = sign * (p2.y * p0.w - p2.w * p0.y);
        double by = sign * (p2.w * p0.x - p2.x * p0.w);
        double b_1 = sign * (p2.x * p0.y - p2.y * p0.x);
        double cx = sign * (p0.y * p1.w - p0.w * p1.y);
        double cy = sign * (p0.w * p1.x - p0.x * p1.w);
        double c_1 = sign * (p0.x * p1.y - p0.y * p1.x);
        double d0 = vertex_depth[v0];
        double d1 = vertex_depth[v1];
        double d2 = vertex_depth[v2];
        int cut = face_state[first_face + f] == CUT;
        for (int r = 0; r < rows; r++) {
            float y = screen_y[y0 + r];
            if (y > box.w + hair || y < box.y - hair) {
                continue;
            }
            double v = ndc_y[y0 + r];
            double8 e0 = ax * u + (ay * v + a1);
            double8 e1 = bx * u + (by * v + b_1);
            double8 e2 = cx * u + (cy * v + c_1);
            double8 all = e0 + e1 + e2;
            long8 inside = (e0 >= 0) & (e1 >= 0) & (e2 >= 0) & (all > 0);
            if (!any(inside)) {
                continue;
            }
            double8 share = 1 / all;
            e0 *= share;
            e1 *= share;
            e2 *= share;
            float8 d = convert_float8(e0 * d0 + e1 * d1 + e2 * d2);
            if (cut) {
                inside &= !(e0 * (p0.z + p0.w) + e1 * (p1.z + p1.w) + e2 * (p2.z + p2.w) < 0);
            }
            int8 wins = convert_int8(inside) & (d < z[r]);
            z[r] = select(z[r], d, wins);
            hit[r] = select(hit[r], (int8)(f), wins);
            b0[r] = select(b0[r], convert_float8(e0), wins);
            b1[r] = select(b1[r], convert_float8(e1), wins);
            b2[r] = select(b2[r], convert_float8(e2), wins);
        }
    }

    for (int r = 0; r < rows; r++) {
        int s = first_sample + r * width;
        store_floats(z[r], depth, s, columns);
        store_ints(hit[r], face_index, s, columns);
        float some[3][8];
        vstore8(b0[r], 0, some[0]);
        vstore8(b1[r], 0, some[1]);
        vstore8(b2[r], 0, some[2]);
        for (int l = 0; l < columns; l++) {
            vstore3((float3)(some[0][l], some[1][l], some[2][l]), s + l, barycentric);
        }
    }

    if (!shape[SOFT]) {
        for (int r = 0; r < rows; r++) {
            float8 mask = select((float8)(1), (float8)(0), hit[r] < 0);
            store_floats(mask, soft_mask, first_sample + r * width, columns);
        }
        return;
    }

    Nearest list;
    int knum = shape[KNUM];
    float sigma = scale[SIGMA_INV];
    float margin = scale[MARGIN];
    float step = scale[STEP];
    float8 known = INFINITY;
    float reach = -1;
    for (int r = 0; r < rows; r++) {
        int s = first_sample + r * width;
        int8 open = (hit[r] < 0) & lanes_below(columns);
        float8 product = select((float8)(0), (float8)(1), hit[r] < 0);
        float8 last = INFINITY;
        int8 last_face = -1;
        list.used = 0;
        if (any(open)) {
            float y = screen_y[y0 + r];
            // A face cannot be farther by more than the step from a sample where it was known.
            float8 bounds = fmin(known + step, least(known) + 7.2f * step) + ROUNDING;
            float limit = limit_of(greatest(select((float8)(0), bounds, open)), margin);
            for (int e = begin; e < end; e++) {
                int f = bin_faces[e];
                float4 box = vload4(first_face + f, face_box);
                float dx = fmax(fmax(box.x - right, left - box.z), 0.0f);
                float dy = fmax(fmax(box.y - y, y - box.w), 0.0f);
                if (fmax(dx, dy) > margin || dx * dx + dy * dy > limit) {
                    continue;
                }
                int8 near = open & in_reach(px, y, box, margin);
                if (!any(near)) {
                    continue;
                }
                float8 d = outline_distance(px, y, vload8(first_face + f, outlines));
                d = select((float8)(INFINITY), d, near);
                if (!any(d < last)) {
                    continue;
                }
                insert(&list, knum, d, f);
                if (list.used == knum) {
                    last = list.distance[knum - 1];
                    float far = greatest(select((float8)(0), last, open));
                    limit = fmin(limit, far + 2 * ROUNDING * sqrt(far) + ROUNDING * ROUNDING);
                }
            }
            if (list.used == knum) {
                last_face = list.face[knum - 1];
            }
            if (list.used > 0) {
                reach = fmax(reach, greatest(select((float8)(-1), last, open)));
            }
            for (int k = 0; k < list.used; k++) {
                product *= 1 - exp(-list.distance[k] * sigma);
            }
            product = select((float8)(0), product, hit[r] < 0);
        }
        known = select((float8)(INFINITY), sqrt(last), open);
        store_floats(product, miss, s, columns);
        store_floats(1 - product, soft_mask, s, columns);
        store_floats(last, farthest, s, columns);
        store_ints(last_face, farthest_face, s, columns);
    }
    block_reach[item] = reach;
}
