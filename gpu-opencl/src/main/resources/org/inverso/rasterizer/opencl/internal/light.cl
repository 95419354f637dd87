// Copyright (c) 2026 The Inverso authors
// SPDX-License-Identifier: Apache-2.0
//
// Texture and light, for eight samples at a time.

typedef struct {
    __global const float *full;
    __global const float *coarse;
    // Width, height and beginning within a view's coarse levels, by level.
    __global const int *places;
    int view;
    int coarse_size;
} Texture;

typedef struct {
    float color[3];
    float by_u[3];
    float by_v[3];
} Texel;

static int wrap(int i, int size) {
    int r = i % size;
    return r < 0 ? r + size : r;
}

static void add_level(const Texture *texture, float u, float v, int level, float weight, Texel *to) {
    int columns = texture->places[3 * level];
    int rows = texture->places[3 * level + 1];
    // Positions that are not finite read the first texel.
    float x = fabs(u) <= FLT_MAX ? u * columns - 0.5f : 0;
    float y = fabs(v) <= FLT_MAX ? v * rows - 0.5f : 0;
    int column = convert_int_sat(floor(x));
    int row = convert_int_sat(floor(y));
    float fx = fmin(1.0f, x - column);
    float fy = fmin(1.0f, y - row);
    int left = wrap(column, columns);
    int right = left + 1 == columns ? 0 : left + 1;
    int top = wrap(row, rows);
    int bottom = top + 1 == rows ? 0 : top + 1;
    __global const float *t =
            level == 0
                    ? texture->full + 3 * texture->view * columns * rows
                    : texture->coarse + texture->view * texture->coarse_size + texture->places[3 * level + 2];
    float3 t00 = vload3(top * columns + left, t);
    float3 t10 = vload3(top * columns + right, t);
    float3 t01 = vload3(bottom * columns + left, t);
    float3 t11 = vload3(bottom * columns + right, t);
    float3 above = t00 + fx * (t10 - t00);
    float3 below = t01 + fx * (t11 - t01);
    float3 west = t00 + fy * (t01 - t00);
    float3 east = t10 + fy * (t11 - t10);
    float3 color = weight * (above + fy * (below - above));
    float3 by_u = weight * (east - west) * columns;
    float3 by_v = weight * (below - above) * rows;
    to->color[0] += color.x;
    to->color[1] += color.y;
    to->color[2] += color.z;
    to->by_u[0] += by_u.x;
    to->by_u[1] += by_u.y;
    to->by_u[2] += by_u.z;
    to->by_v[0] += by_v.x;
    to->by_v[1] += by_v.y;
    to->by_v[2] += by_v.z;
}

static Texel sample_texture(const Texture *texture, float u, float v, float level) {
    Texel texel = {{0, 0, 0}, {0, 0, 0}, {0, 0, 0}};
    int fine = (int) level;
    float rough = level - fine;
    add_level(texture, u, v, fine, 1 - rough, &texel);
    if (rough > 0) {
        add_level(texture, u, v, fine + 1, rough, &texel);
    }
    return texel;
}

// What light makes of surface points: colour = albedo * diffuse + specular.
typedef struct {
    float8 diffuse[3];
    float8 specular[3];
    float8 nx;
    float8 ny;
    float8 nz;
    float8 basis[9];
    float lx;
    float ly;
    float lz;
    float light_length;
    float8 cosine;
    float8 vx;
    float8 vy;
    float8 vz;
    float8 eye_distance;
    float8 mirror;
    float8 highlight;
} Lit;

static void directional(Lit *lit, int shading, __global const float *lights, float8 ex, float8 ey, float8 ez) {
    float lx = lights[0];
    float ly = lights[1];
    float lz = lights[2];
    lit->light_length = sqrt(lx * lx + ly * ly + lz * lz);
    float scale = lit->light_length > 0 ? 1 / lit->light_length : 0;
    lit->lx = lx * scale;
    lit->ly = ly * scale;
    lit->lz = lz * scale;
    lit->cosine = lit->nx * lit->lx + lit->ny * lit->ly + lit->nz * lit->lz;
    float8 received = fmax(lit->cosine, 0.0f);
    for (int c = 0; c < 3; c++) {
        lit->diffuse[c] = lights[6 + c] + received * lights[3 + c];
    }
    lit->mirror = 0;
    lit->highlight = 0;
    if (shading != PHONG) {
        return;
    }
    lit->eye_distance = sqrt(ex * ex + ey * ey + ez * ez);
    float8 s = select((float8)(0), 1 / lit->eye_distance, lit->eye_distance > 0);
    lit->vx = ex * s;
    lit->vy = ey * s;
    lit->vz = ez * s;
    float8 nv = lit->nx * lit->vx + lit->ny * lit->vy + lit->nz * lit->vz;
    float8 lv = lit->lx * lit->vx + lit->ly * lit->vy + lit->lz * lit->vz;
    float8 mirror = 2 * lit->cosine * nv - lv;
    int8 shines = (lit->cosine > 0) & (mirror > 0);
    lit->mirror = select((float8)(0), mirror, shines);
    float8 power = pow(select((float8)(1), mirror, shines), (float8)(lights[12]));
    lit->highlight = select((float8)(0), power, shines);
    for (int c = 0; c < 3; c++) {
        lit->specular[c] = lit->highlight * lights[9 + c];
    }
}

// lights: the view's; x, y, z: unit normals, or 0 where there are none; ex, ey, ez: from the points to the eye.
static void light_forward(
        Lit *lit,
        int shading,
        __global const float *lights,
        float8 x,
        float8 y,
        float8 z,
        float8 ex,
        float8 ey,
        float8 ez) {
    lit->nx = x;
    lit->ny = y;
    lit->nz = z;
    for (int c = 0; c < 3; c++) {
        lit->diffuse[c] = 1;
        lit->specular[c] = 0;
    }
    if (shading == SPHERICAL_HARMONICS) {
        lit->basis[0] = SH0;
        lit->basis[1] = SH1 * y;
        lit->basis[2] = SH2 * z;
        lit->basis[3] = SH3 * x;
        lit->basis[4] = SH4 * x * y;
        lit->basis[5] = SH5 * y * z;
        lit->basis[6] = SH6 * (3 * z * z - 1);
        lit->basis[7] = SH7 * x * z;
        lit->basis[8] = SH8 * (x * x - y * y);
        for (int c = 0; c < 3; c++) {
            float8 received = 0;
            for (int k = 0; k < 9; k++) {
                received += lights[9 * c + k] * lit->basis[k];
            }
            lit->diffuse[c] = received;
        }
    } else if (shading != NONE) {
        directional(lit, shading, lights, ex, ey, ez);
    }
}
