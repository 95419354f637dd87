// Copyright (c) 2026 The Inverso authors
// SPDX-License-Identifier: Apache-2.0
//
// Attributes and colour of samples. A work item does eight samples, one after the other in memory.

// Mip level: log2 of how many texels a step to the next sample crosses, the longer of the steps right and down.
static float level_of(
        __global const int *shape,
        double4 p0,
        double4 p1,
        double4 p2,
        float3 b,
        float2 uv0,
        float2 uv1,
        float2 uv2) {
    double ax0 = p1.y * p2.w - p1.w * p2.y;
    double ay0 = p1.w * p2.x - p1.x * p2.w;
    double ax1 = p2.y * p0.w - p2.w * p0.y;
    double ay1 = p2.w * p0.x - p2.x * p0.w;
    double ax2 = p0.y * p1.w - p0.w * p1.y;
    double ay2 = p0.w * p1.x - p0.x * p1.w;
    double det = ax0 * p0.x + ay0 * p0.y + (p1.x * p2.y - p1.y * p2.x) * p0.w;
    double scale = (b.x * p0.w + b.y * p1.w + b.z * p2.w) / det;
    double sum_x = ax0 + ax1 + ax2;
    double sum_y = ay0 + ay1 + ay2;
    double step_x = 2.0 / shape[WIDTH] * scale;
    double step_y = 2.0 / shape[HEIGHT] * scale;
    double3 across = (double3)(ax0 - b.x * sum_x, ax1 - b.y * sum_x, ax2 - b.z * sum_x) * step_x;
    double3 down = (double3)(ay0 - b.x * sum_y, ay1 - b.y * sum_y, ay2 - b.z * sum_y) * step_y;
    double w = shape[TEXTURE_WIDTH];
    double h = shape[TEXTURE_HEIGHT];
    double ux = w * (across.x * uv0.x + across.y * uv1.x + across.z * uv2.x);
    double vx = h * (across.x * uv0.y + across.y * uv1.y + across.z * uv2.y);
    double uy = w * (down.x * uv0.x + down.y * uv1.x + down.z * uv2.x);
    double vy = h * (down.x * uv0.y + down.y * uv1.y + down.z * uv2.y);
    double level = 0.5 * log2(fmax(ux * ux + vx * vx, uy * uy + vy * vy));
    return level > 0 ? (float) fmin(level, (double) (shape[LEVELS] - 1)) : 0;
}

static float mix3(float3 b, float x0, float x1, float x2) {
    return b.x * x0 + b.y * x1 + b.z * x2;
}

__kernel void run(
        __global const int *shape,
        __global const int *faces,
        __global const double *clip,
        __global const int *face_index,
        __global const float *barycentric,
        __global const float *attributes,
        __global const float *uvs,
        __global const float *texture,
        __global const float *coarse,
        __global const int *places,
        __global const float *normals,
        __global const float *positions,
        __global const double *eye,
        __global const float *lights,
        __global const float *background,
        __global float *sample_attributes,
        __global float *color,
        __global float *levels,
        int pass) {
    int samples = shape[WIDTH] * shape[HEIGHT];
    int groups = (samples + 7) / 8;
    int item = get_global_id(0);
    if (item >= shape[VIEWS] * groups) {
        return;
    }
    int view = item / groups;
    int begin = (item - view * groups) * 8;
    int count = min(8, samples - begin);
    int first = view * samples + begin;
    int first_vertex = view * shape[VERTICES];
    int channels = shape[CHANNELS];
    int shading = shape[SHADING];
    Texture source = {texture, coarse, places, view, shape[COARSE_SIZE]};

    float albedo[3][8];
    float normal[3][8];
    float to_eye[3][8];
    int covered = 0;
    for (int l = 0; l < 8; l++) {
        int s = first + min(l, count - 1);
        int face = face_index[s];
        if (face < 0) {
            for (int c = 0; l < count && c < channels; c++) {
                sample_attributes[s * channels + c] = 0;
            }
            for (int c = 0; c < 3; c++) {
                albedo[c][l] = 0;
                normal[c][l] = 0;
                to_eye[c][l] = 0;
            }
            continue;
        }
        covered = 1;
        int i0 = faces[3 * face];
        int i1 = faces[3 * face + 1];
        int i2 = faces[3 * face + 2];
        int v0 = first_vertex + i0;
        int v1 = first_vertex + i1;
        int v2 = first_vertex + i2;
        float3 b = vload3(s, barycentric);
        for (int c = 0; c < channels; c++) {
            float a = mix3(
                    b, attributes[v0 * channels + c], attributes[v1 * channels + c], attributes[v2 * channels + c]);
            if (l < count) {
                sample_attributes[s * channels + c] = a;
            }
            if (c < 3) {
                albedo[c][l] = a;
            }
        }
        if (!shape[HAS_COLOR]) {
            continue;
        }
        if (shape[HAS_TEXTURE]) {
            float2 uv0 = vload2(i0, uvs);
            float2 uv1 = vload2(i1, uvs);
            float2 uv2 = vload2(i2, uvs);
            float level = 0;
            if (shape[HAS_LEVELS]) {
                level = level_of(shape, vload4(v0, clip), vload4(v1, clip), vload4(v2, clip), b, uv0, uv1, uv2);
                levels[s] = level;
            }
            Texel texel = sample_texture(
                    &source, mix3(b, uv0.x, uv1.x, uv2.x), mix3(b, uv0.y, uv1.y, uv2.y), level);
            for (int c = 0; c < 3; c++) {
                albedo[c][l] = texel.color[c];
            }
        }
        if (shading != NONE) {
            for (int c = 0; c < 3; c++) {
                normal[c][l] = mix3(b, normals[3 * v0 + c], normals[3 * v1 + c], normals[3 * v2 + c]);
            }
        }
        if (shading == PHONG) {
            for (int c = 0; c < 3; c++) {
                to_eye[c][l] = (float) (eye[3 * view + c]
                        - mix3(b, positions[3 * v0 + c], positions[3 * v1 + c], positions[3 * v2 + c]));
            }
        }
    }
    if (!shape[HAS_COLOR]) {
        return;
    }
    Lit lit;
    if (covered) {
        float8 x = 0;
        float8 y = 0;
        float8 z = 0;
        if (shading != NONE) {
            x = vload8(0, normal[0]);
            y = vload8(0, normal[1]);
            z = vload8(0, normal[2]);
            float8 length = sqrt(x * x + y * y + z * z);
            float8 unit = select((float8)(0), 1 / length, length > 0);
            x *= unit;
            y *= unit;
            z *= unit;
        }
        float8 ex = 0;
        float8 ey = 0;
        float8 ez = 0;
        if (shading == PHONG) {
            ex = vload8(0, to_eye[0]);
            ey = vload8(0, to_eye[1]);
            ez = vload8(0, to_eye[2]);
        }
        light_forward(&lit, shading, lights + view * shape[LIGHT_NUMBERS], x, y, z, ex, ey, ez);
        for (int c = 0; c < 3; c++) {
            vstore8(vload8(0, albedo[c]) * lit.diffuse[c] + lit.specular[c], 0, albedo[c]);
        }
    }
    for (int l = 0; l < count; l++) {
        int out = face_index[first + l] < 0;
        for (int c = 0; c < 3; c++) {
            color[3 * (first + l) + c] = out ? background[c] : albedo[c][l];
        }
    }
}
