// Copyright (c) 2026 The Inverso authors
// SPDX-License-Identifier: Apache-2.0
//
// Gradients by face: each face visits, in fixed order, the soft samples around it and the samples it covers. A work item
// does a few faces, one after the other, and sums up the light's gradients over them.

typedef struct {
    __global const int *shape;
    __global const double *vertex_depth;
    __global const float *barycentric;
    __global const float *attributes;
    __global const float *uvs;
    __global const float *levels;
    __global const float *normals;
    __global const float *positions;
    __global const double *eye;
    __global const float *lights;
    __global const float *gradient_color;
    __global const float *gradient_attributes;
    __global const float *gradient_depth;
    __global const float *gradient_barycentric;
    __global float *albedo;
    Texture texture;
    int view;
} Scene;

// Of one face: its corners among all views' vertices and in the topology, and what its samples add up to.
typedef struct {
    int v[3];
    int i[3];
    // First of the face's 3 * stride numbers.
    __global float *corners;
    float8 barycentric[9];
    float8 depth[3];
    float8 normal[9];
    float8 position[9];
} Face;

typedef struct {
    float8 lights[27];
    float8 eye[3];
} LightSums;

// ---- Soft samples.

static void edge_share(
        float8 x, float y, float2 a, float2 b, float8 g, float8 *ax, float8 *ay, float8 *bx, float8 *by) {
    float8 t = nearest(x, y, a, b);
    float8 gx = -2 * g * (x - (a.x + t * (b.x - a.x)));
    float8 gy = -2 * g * (y - (a.y + t * (b.y - a.y)));
    *ax += (1 - t) * gx;
    *ay += (1 - t) * gy;
    *bx += t * gx;
    *by += t * gy;
}

// ---- Covered samples, eight of one face at a time.

static void add_attribute(const Scene *scene, Face *face, const float8 *b, int channel, float8 g) {
    int stride = scene->shape[STRIDE];
    int o = scene->shape[ATTRIBUTE_OFFSET] + channel;
    for (int k = 0; k < 3; k++) {
        face->corners[k * stride + o] += sum(b[k] * g);
    }
}

static void through_three(float8 *to, const float8 *b, const float8 *g) {
    for (int k = 0; k < 3; k++) {
        for (int c = 0; c < 3; c++) {
            to[3 * k + c] += b[k] * g[c];
        }
    }
}

static void harmonics_backward(
        const Lit *lit, __global const float *l, const float8 *gd, LightSums *sums, float8 *normal) {
    for (int c = 0; c < 3; c++) {
        __global const float *o = l + 9 * c;
        float8 g = gd[c];
        for (int k = 0; k < 9; k++) {
            sums->lights[9 * c + k] += g * lit->basis[k];
        }
        float xy = o[4] * SH4;
        float yz = o[5] * SH5;
        float xz = o[7] * SH7;
        float xx = 2 * o[8] * SH8;
        float zz = 6 * o[6] * SH6;
        normal[0] += g * (o[3] * SH3 + xy * lit->ny + xz * lit->nz + xx * lit->nx);
        normal[1] += g * (o[1] * SH1 + xy * lit->nx + yz * lit->nz - xx * lit->ny);
        normal[2] += g * (o[2] * SH2 + yz * lit->ny + zz * lit->nz + xz * lit->nx);
    }
}

static void directional_backward(
        const Lit *lit,
        int shading,
        __global const float *l,
        const float8 *gd,
        const float8 *gs,
        LightSums *sums,
        float8 *normal,
        float8 *eye) {
    float8 received = fmax(lit->cosine, 0.0f);
    float8 gc = 0;
    for (int c = 0; c < 3; c++) {
        sums->lights[6 + c] += gd[c];
        sums->lights[3 + c] += gd[c] * received;
        gc += gd[c] * l[3 + c];
    }
    gc = select((float8)(0), gc, lit->cosine > 0);
    float8 glx = gc * lit->nx;
    float8 gly = gc * lit->ny;
    float8 glz = gc * lit->nz;
    normal[0] += gc * lit->lx;
    normal[1] += gc * lit->ly;
    normal[2] += gc * lit->lz;
    if (shading == PHONG) {
        int8 shines = lit->mirror > 0;
        float8 gh = 0;
        for (int c = 0; c < 3; c++) {
            sums->lights[9 + c] += gs[c] * lit->highlight;
            gh += gs[c] * l[9 + c];
        }
        float8 mirror = select((float8)(1), lit->mirror, shines);
        sums->lights[12] += gh * lit->highlight * log(mirror);
        float8 gm = gh * l[12] * lit->highlight / mirror;
        // mirror = 2 (n.l)(n.v) - l.v
        float8 nv = lit->nx * lit->vx + lit->ny * lit->vy + lit->nz * lit->vz;
        float8 a = 2 * gm * nv;
        float8 b = 2 * gm * lit->cosine;
        normal[0] += a * lit->lx + b * lit->vx;
        normal[1] += a * lit->ly + b * lit->vy;
        normal[2] += a * lit->lz + b * lit->vz;
        glx += a * lit->nx - gm * lit->vx;
        gly += a * lit->ny - gm * lit->vy;
        glz += a * lit->nz - gm * lit->vz;
        float8 gx = b * lit->nx - gm * lit->lx;
        float8 gy = b * lit->ny - gm * lit->ly;
        float8 gz = b * lit->nz - gm * lit->lz;
        float8 along = gx * lit->vx + gy * lit->vy + gz * lit->vz;
        float8 nearness = select((float8)(0), 1 / lit->eye_distance, lit->eye_distance > 0);
        eye[0] = (gx - along * lit->vx) * nearness;
        eye[1] = (gy - along * lit->vy) * nearness;
        eye[2] = (gz - along * lit->vz) * nearness;
    }
    if (lit->light_length > 0) {
        float8 along = glx * lit->lx + gly * lit->ly + glz * lit->lz;
        sums->lights[0] += (glx - along * lit->lx) / lit->light_length;
        sums->lights[1] += (gly - along * lit->ly) / lit->light_length;
        sums->lights[2] += (glz - along * lit->lz) / lit->light_length;
    }
}

// The lanes' values between the face's corners.
static float8 between(const float8 *b, const Face *face, __global const float *from, int stride, int offset) {
    return b[0] * from[stride * face->v[0] + offset]
            + b[1] * from[stride * face->v[1] + offset]
            + b[2] * from[stride * face->v[2] + offset];
}

static void color_backward(
        const Scene *scene, Face *face, LightSums *sums, const float8 *b, float8 live, const int *at, float8 *gb) {
    int shading = scene->shape[SHADING];
    int channels = scene->shape[CHANNELS];
    int textured = scene->shape[HAS_TEXTURE];
    float8 albedo[3];
    float by_u[3][8];
    float by_v[3][8];
    float2 uv[3];
    if (textured) {
        for (int k = 0; k < 3; k++) {
            uv[k] = vload2(face->i[k], scene->uvs);
        }
        float us[8];
        float vs[8];
        vstore8(b[0] * uv[0].x + b[1] * uv[1].x + b[2] * uv[2].x, 0, us);
        vstore8(b[0] * uv[0].y + b[1] * uv[1].y + b[2] * uv[2].y, 0, vs);
        float some[3][8];
        for (int l = 0; l < 8; l++) {
            float level = scene->shape[HAS_LEVELS] ? scene->levels[at[l]] : 0;
            Texel texel = sample_texture(&scene->texture, us[l], vs[l], level);
            for (int c = 0; c < 3; c++) {
                some[c][l] = texel.color[c];
                by_u[c][l] = texel.by_u[c];
                by_v[c][l] = texel.by_v[c];
            }
        }
        for (int c = 0; c < 3; c++) {
            albedo[c] = vload8(0, some[c]);
        }
    } else {
        for (int c = 0; c < 3; c++) {
            albedo[c] = between(b, face, scene->attributes, channels, c);
        }
    }
    float8 x = 0;
    float8 y = 0;
    float8 z = 0;
    float8 unit = 0;
    float8 e[3] = {0, 0, 0};
    if (shading != NONE) {
        x = between(b, face, scene->normals, 3, 0);
        y = between(b, face, scene->normals, 3, 1);
        z = between(b, face, scene->normals, 3, 2);
        float8 length = sqrt(x * x + y * y + z * z);
        unit = select((float8)(0), 1 / length, length > 0);
        x *= unit;
        y *= unit;
        z *= unit;
    }
    if (shading == PHONG) {
        for (int c = 0; c < 3; c++) {
            float there = (float) scene->eye[3 * scene->view + c];
            e[c] = there - between(b, face, scene->positions, 3, c);
        }
    }
    __global const float *lights = scene->lights + scene->view * scene->shape[LIGHT_NUMBERS];
    Lit lit;
    light_forward(&lit, shading, lights, x, y, z, e[0], e[1], e[2]);

    float8 gd[3];
    float8 gs[3];
    float8 gu = 0;
    float8 gv = 0;
    for (int c = 0; c < 3; c++) {
        float8 g = live * pick(scene->gradient_color, at, 3, c);
        gs[c] = g;
        gd[c] = g * albedo[c];
        float8 ga = g * lit.diffuse[c];
        if (textured) {
            gu += ga * vload8(0, by_u[c]);
            gv += ga * vload8(0, by_v[c]);
            float some[8];
            vstore8(ga, 0, some);
            // Lanes beyond the last sample hold the first one's place, and come after it.
            for (int l = 7; l >= 0; l--) {
                scene->albedo[3 * at[l] + c] = some[l];
            }
        } else {
            for (int k = 0; k < 3; k++) {
                gb[k] += ga * scene->attributes[channels * face->v[k] + c];
            }
            add_attribute(scene, face, b, c, ga);
        }
    }
    if (textured) {
        for (int k = 0; k < 3; k++) {
            gb[k] += gu * uv[k].x + gv * uv[k].y;
        }
    }
    if (shading == NONE) {
        return;
    }
    float8 normal[3] = {0, 0, 0};
    float8 eye[3] = {0, 0, 0};
    if (shading == SPHERICAL_HARMONICS) {
        harmonics_backward(&lit, lights, gd, sums, normal);
    } else {
        directional_backward(&lit, shading, lights, gd, gs, sums, normal, eye);
    }
    float8 along = normal[0] * x + normal[1] * y + normal[2] * z;
    normal[0] = unit * (normal[0] - along * x);
    normal[1] = unit * (normal[1] - along * y);
    normal[2] = unit * (normal[2] - along * z);
    through_three(face->normal, b, normal);
    for (int k = 0; k < 3; k++) {
        for (int c = 0; c < 3; c++) {
            gb[k] += normal[c] * scene->normals[3 * face->v[k] + c];
        }
    }
    if (shading == PHONG) {
        float8 position[3];
        for (int c = 0; c < 3; c++) {
            sums->eye[c] += eye[c];
            position[c] = -eye[c];
        }
        through_three(face->position, b, position);
        for (int k = 0; k < 3; k++) {
            for (int c = 0; c < 3; c++) {
                gb[k] += position[c] * scene->positions[3 * face->v[k] + c];
            }
        }
    }
}

static void covered(const Scene *scene, Face *face, LightSums *sums, int *at, int count) {
    for (int l = count; l < 8; l++) {
        at[l] = at[0];
    }
    float8 live = select((float8)(0), (float8)(1), lanes_below(count));
    float8 b[3];
    float8 g[3];
    for (int k = 0; k < 3; k++) {
        b[k] = pick(scene->barycentric, at, 3, k);
        g[k] = scene->shape[GRADIENT_BARYCENTRIC] ? live * pick(scene->gradient_barycentric, at, 3, k) : 0;
    }
    if (scene->shape[GRADIENT_DEPTH]) {
        float8 gd = live * pick(scene->gradient_depth, at, 1, 0);
        for (int k = 0; k < 3; k++) {
            g[k] += gd * (float) scene->vertex_depth[face->v[k]];
            face->depth[k] += b[k] * gd;
        }
    }
    if (scene->shape[GRADIENT_ATTRIBUTES]) {
        int channels = scene->shape[CHANNELS];
        for (int c = 0; c < channels; c++) {
            float8 ga = live * pick(scene->gradient_attributes, at, channels, c);
            for (int k = 0; k < 3; k++) {
                g[k] += ga * scene->attributes[channels * face->v[k] + c];
            }
            add_attribute(scene, face, b, c, ga);
        }
    }
    if (scene->shape[GRADIENT_COLOR]) {
        color_backward(scene, face, sums, b, live, at, g);
    }
    float8 mean = g[0] * b[0] + g[1] * b[1] + g[2] * b[2];
    for (int k = 0; k < 3; k++) {
        for (int j = 0; j < 3; j++) {
            face->barycentric[3 * k + j] += b[k] * (g[j] - mean);
        }
    }
}

// ---- Edges between a covered sample and a neighbour behind it.

static void edge_backward(
        const Edges *e,
        __global const float *blended,
        __global const float *color,
        __global const int *face_index,
        int face,
        int column,
        int row,
        int s,
        int other,
        int dx,
        int dy,
        float *x,
        float *y) {
    Crossing crossing;
    if (face_index[other] == face || !find_crossing(e, face, column, row, dx, dy, &crossing)) {
        return;
    }
    // Whichever of the two takes a share, the nearer one's colour gains as the crossing moves away from it.
    int moved = crossing.at < 0.5f ? s : other;
    float3 change = vload3(s, color) - vload3(other, color);
    float3 g3 = vload3(moved, blended) * change;
    float g = g3.x + g3.y + g3.z;
    x[crossing.a] += g * crossing.by_a.x;
    y[crossing.a] += g * crossing.by_a.y;
    x[crossing.b] += g * crossing.by_b.x;
    y[crossing.b] += g * crossing.by_b.y;
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
        __global const float *screen_x,
        __global const float *screen_y,
        __global const float *depth,
        __global const int *face_index,
        __global const float *barycentric,
        __global const float *miss,
        __global const float *farthest,
        __global const int *farthest_face,
        __global const float *block_reach,
        __global const float *attributes,
        __global const float *uvs,
        __global const float *texture,
        __global const float *coarse,
        __global const int *places,
        __global const float *levels,
        __global const float *normals,
        __global const float *positions,
        __global const double *eye,
        __global const float *lights,
        __global const int *neighbours,
        __global const char *front,
        __global const float *vertex_x,
        __global const float *vertex_y,
        __global const float *color,
        __global const float *blended,
        __global const float *gradient_color,
        __global const float *gradient_attributes,
        __global const float *gradient_depth,
        __global const float *gradient_barycentric,
        __global const float *gradient_soft_mask,
        __global float *albedo,
        __global float *corners,
        __global char *touched,
        __global float *outline_gradient,
        __global double *light_partial,
        int pass) {
    int face_count = shape[FACES];
    int chunks = (face_count + CHUNK - 1) / CHUNK;
    int item = get_global_id(0);
    if (item >= shape[VIEWS] * chunks) {
        return;
    }
    int view = item / chunks;
    int first_face = view * face_count;
    int first_vertex = view * shape[VERTICES];
    int width = shape[WIDTH];
    int height = shape[HEIGHT];
    int first_sample = view * width * height;
    int stride = shape[STRIDE];
    float sigma = scale[SIGMA_INV];
    float margin = scale[MARGIN];
    float step = scale[STEP];
    float aspect = scale[ASPECT];
    float half_block = 0.5f * (BLOCK - 1) * step;
    Scene scene = {
        shape, vertex_depth, barycentric, attributes, uvs, levels, normals, positions, eye, lights,
        gradient_color, gradient_attributes, gradient_depth, gradient_barycentric, albedo,
        {texture, coarse, places, view, shape[COARSE_SIZE]}, view
    };
    Edges edges = {
        faces, neighbours, face_state, front, vertex_x, vertex_y, screen_x, screen_y,
        first_vertex, first_face, step
    };
    LightSums sums;
    for (int k = 0; k < 27; k++) {
        sums.lights[k] = 0;
    }
    for (int k = 0; k < 3; k++) {
        sums.eye[k] = 0;
    }

    int begin = (item - view * chunks) * CHUNK;
    int end = min(begin + CHUNK, face_count);
    for (int f = begin; f < end; f++) {
        int i = first_face + f;
        touched[i] = 0;
        if (face_state[i] == HIDDEN) {
            continue;
        }
        float4 box = vload4(i, face_box);
        // A hair more than the box, so that rounding leaves no sample out.
        float left = ((box.x + aspect) * height - 1) * 0.5f - 0.01f;
        float right = ((box.z + aspect) * height - 1) * 0.5f + 0.01f;
        float top = ((1 - box.w) * height - 1) * 0.5f - 0.01f;
        float bottom = ((1 - box.y) * height - 1) * 0.5f + 0.01f;
        // On screen, the gradient of the outline, or of the face's corners, which is the same where nothing is cut.
        float x[4] = {0, 0, 0, 0};
        float y[4] = {0, 0, 0, 0};
        int any_soft = 0;
        if (shape[GRADIENT_SOFT_MASK]) {
            float more = margin / step;
            int x0 = max(0, convert_int_sat(ceil(left - more)));
            int x1 = min(width - 1, convert_int_sat(floor(right + more)));
            int y0 = max(0, convert_int_sat(ceil(top - more)));
            int y1 = min(height - 1, convert_int_sat(floor(bottom + more)));
            float8 outline = vload8(i, outlines);
            int four = !isnan(outline.s6);
            float8 gx0 = 0;
            float8 gx1 = 0;
            float8 gx2 = 0;
            float8 gx3 = 0;
            float8 gy0 = 0;
            float8 gy1 = 0;
            float8 gy2 = 0;
            float8 gy3 = 0;
            for (int by = y0 / BLOCK; x0 <= x1 && by * BLOCK <= y1; by++) {
                for (int bx = x0 / BLOCK; bx * BLOCK <= x1; bx++) {
                    float reach = block_reach[view * shape[BLOCKS] + by * shape[BLOCKS_X] + bx];
                    if (reach < 0) {
                        continue;
                    }
                    float mid_x = screen_x[bx * BLOCK] + half_block;
                    float mid_y = screen_y[by * BLOCK] - half_block;
                    float dx = fmax(fmax(box.x - mid_x, mid_x - box.z) - half_block, 0.0f);
                    float dy = fmax(fmax(box.y - mid_y, mid_y - box.w) - half_block, 0.0f);
                    float apart = sqrt(dx * dx + dy * dy) - ROUNDING;
                    if (apart > 0 && apart * apart > reach) {
                        continue;
                    }
                    int columns = min(BLOCK, width - bx * BLOCK);
                    float8 px = vload8(bx, screen_x);
                    for (int row = max(y0, by * BLOCK); row <= min(y1, by * BLOCK + BLOCK - 1); row++) {
                        int s = first_sample + row * width + bx * BLOCK;
                        float8 missing = load_floats(miss, s, columns);
                        float8 factor = missing * load_floats(gradient_soft_mask, s, columns);
                        float py = screen_y[row];
                        // Covered samples miss nothing; those that miss all have no face in reach.
                        int8 open = (factor != 0) & (missing < 1) & lanes_below(columns)
                                & in_reach(px, py, box, margin);
                        if (!any(open)) {
                            continue;
                        }
                        float8 far = load_floats(farthest, s, columns);
                        float8 d0 = squared_distance(px, py, outline.s01, outline.s23);
                        float8 d1 = squared_distance(px, py, outline.s23, outline.s45);
                        float8 d2 = squared_distance(px, py, outline.s45, four ? outline.s67 : outline.s01);
                        float8 d = fmin(fmin(d0, d1), d2);
                        if (four) {
                            d = fmin(d, squared_distance(px, py, outline.s67, outline.s01));
                        }
                        open &= (d < far) | ((d == far) & (f <= load_ints(farthest_face, s, columns)));
                        float8 share = exp(-d * sigma);
                        float8 rest = 1 - share;
                        // On the edge itself the distance has no slope.
                        open &= rest != 0;
                        if (!any(open)) {
                            continue;
                        }
                        any_soft = 1;
                        float8 g = select((float8)(0), -factor * sigma * share / rest, open);
                        int8 first = d0 == d;
                        int8 second = ~first & (d1 == d);
                        int8 third = ~(first | second) & (four ? d2 == d : (int8)(-1));
                        int8 fourth = ~(first | second | third);
                        edge_share(px, py, outline.s01, outline.s23, select((float8)(0), g, first),
                                &gx0, &gy0, &gx1, &gy1);
                        edge_share(px, py, outline.s23, outline.s45, select((float8)(0), g, second),
                                &gx1, &gy1, &gx2, &gy2);
                        if (four) {
                            edge_share(px, py, outline.s45, outline.s67, select((float8)(0), g, third),
                                    &gx2, &gy2, &gx3, &gy3);
                            edge_share(px, py, outline.s67, outline.s01, select((float8)(0), g, fourth),
                                    &gx3, &gy3, &gx0, &gy0);
                        } else {
                            edge_share(px, py, outline.s45, outline.s01, select((float8)(0), g, third),
                                    &gx2, &gy2, &gx0, &gy0);
                        }
                    }
                }
            }
            if (any_soft) {
                x[0] = sum(gx0);
                x[1] = sum(gx1);
                x[2] = sum(gx2);
                x[3] = sum(gx3);
                y[0] = sum(gy0);
                y[1] = sum(gy1);
                y[2] = sum(gy2);
                y[3] = sum(gy3);
            }
        }

        Face face;
        face.corners = corners + 3 * i * stride;
        int any_hard = 0;
        int x0 = max(0, convert_int_sat(ceil(left)));
        int x1 = min(width - 1, convert_int_sat(floor(right)));
        int y0 = max(0, convert_int_sat(ceil(top)));
        int y1 = min(height - 1, convert_int_sat(floor(bottom)));
        int hard = shape[GRADIENT_COLOR] | shape[GRADIENT_ATTRIBUTES] | shape[GRADIENT_DEPTH]
                | shape[GRADIENT_BARYCENTRIC];
        int at[8];
        int found = 0;
        for (int row = y0; hard && row <= y1; row++) {
            int from = first_sample + row * width;
            for (int column = x0; column <= x1; column += 8) {
                int8 mine = load_ints(face_index, from + column, x1 + 1 - column) == f;
                mine &= lanes_below(x1 + 1 - column);
                if (!any(mine)) {
                    continue;
                }
                if (!any_hard) {
                    any_hard = 1;
                    for (int k = 0; k < 3; k++) {
                        face.i[k] = faces[3 * f + k];
                        face.v[k] = first_vertex + face.i[k];
                        face.depth[k] = 0;
                    }
                    for (int k = 0; k < 9; k++) {
                        face.barycentric[k] = 0;
                        face.normal[k] = 0;
                        face.position[k] = 0;
                    }
                    for (int k = 0; k < 3 * stride; k++) {
                        face.corners[k] = 0;
                    }
                }
                int own[8];
                vstore8(mine, 0, own);
                for (int l = 0; l < 8; l++) {
                    if (!own[l]) {
                        continue;
                    }
                    int s = from + column + l;
                    if (shape[GRADIENT_EDGES]) {
                        int c = column + l;
                        if (c > 0 && !(depth[s - 1] <= depth[s])) {
                            edge_backward(&edges, blended, color, face_index, f, c, row, s, s - 1, -1, 0, x, y);
                        }
                        if (c < width - 1 && depth[s] <= depth[s + 1]) {
                            edge_backward(&edges, blended, color, face_index, f, c, row, s, s + 1, 1, 0, x, y);
                        }
                        if (row > 0 && !(depth[s - width] <= depth[s])) {
                            edge_backward(&edges, blended, color, face_index, f, c, row, s, s - width, 0, -1, x, y);
                        }
                        if (row < height - 1 && depth[s] <= depth[s + width]) {
                            edge_backward(&edges, blended, color, face_index, f, c, row, s, s + width, 0, 1, x, y);
                        }
                    }
                    at[found++] = s;
                    if (found == 8) {
                        covered(&scene, &face, &sums, at, 8);
                        found = 0;
                    }
                }
            }
        }
        if (found > 0) {
            covered(&scene, &face, &sums, at, found);
        }
        if (!any_soft && !any_hard) {
            continue;
        }
        touched[i] = 1;
        vstore8((float8)(x[0], y[0], x[1], y[1], x[2], y[2], x[3], y[3]), i, outline_gradient);
        if (!any_hard) {
            for (int k = 0; k < 3 * stride; k++) {
                face.corners[k] = 0;
            }
        }
        double4 p[3];
        for (int k = 0; k < 3; k++) {
            p[k] = vload4(first_vertex + faces[3 * f + k], clip);
        }
        // Of a cut face, the host takes the outline's gradient further.
        if (face_state[i] == WHOLE) {
            for (int k = 0; k < 3; k++) {
                double cx = x[k] * (double) aspect / p[k].w;
                double cy = y[k] / p[k].w;
                face.corners[k * stride] += (float) cx;
                face.corners[k * stride + 1] += (float) cy;
                face.corners[k * stride + 3] -= (float) ((cx * p[k].x + cy * p[k].y) / p[k].w);
            }
        }
        if (!any_hard) {
            continue;
        }
        // The rows of the inverse of (p0 p1 p2) are the edge functions over the determinant.
        double ax = p[1].y * p[2].w - p[1].w * p[2].y;
        double ay = p[1].w * p[2].x - p[1].x * p[2].w;
        double aw = p[1].x * p[2].y - p[1].y * p[2].x;
        double inverse = -1 / (ax * p[0].x + ay * p[0].y + aw * p[0].w);
        double bx = p[2].y * p[0].w - p[2].w * p[0].y;
        double by = p[2].w * p[0].x - p[2].x * p[0].w;
        double bw = p[2].x * p[0].y - p[2].y * p[0].x;
        double cx = p[0].y * p[1].w - p[0].w * p[1].y;
        double cy = p[0].w * p[1].x - p[0].x * p[1].w;
        double cw = p[0].x * p[1].y - p[0].y * p[1].x;
        for (int k = 0; k < 3; k++) {
            double h0 = inverse * sum(face.barycentric[3 * k]);
            double h1 = inverse * sum(face.barycentric[3 * k + 1]);
            double h2 = inverse * sum(face.barycentric[3 * k + 2]);
            __global float *to = face.corners + k * stride;
            to[0] += (float) (h0 * ax + h1 * bx + h2 * cx);
            to[1] += (float) (h0 * ay + h1 * by + h2 * cy);
            to[3] += (float) (h0 * aw + h1 * bw + h2 * cw);
            to[4] += sum(face.depth[k]);
            if (shape[SHADING] != NONE) {
                for (int c = 0; c < 3; c++) {
                    to[5 + c] += sum(face.normal[3 * k + c]);
                }
            }
            if (shape[SHADING] == PHONG) {
                for (int c = 0; c < 3; c++) {
                    to[8 + c] += sum(face.position[3 * k + c]);
                }
            }
        }
    }

    int numbers = shape[LIGHT_NUMBERS];
    __global double *partial = light_partial + item * (numbers + 3);
    for (int k = 0; k < numbers; k++) {
        partial[k] = sum(sums.lights[k]);
    }
    for (int k = 0; k < 3; k++) {
        partial[numbers + k] = sum(sums.eye[k]);
    }
}
