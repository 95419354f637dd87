/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.training.internal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javax.imageio.ImageIO;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Draws the loss over the steps, on a logarithmic scale. */
public final class LearningCurve {

    private static final Logger LOGGER = LoggerFactory.getLogger(LearningCurve.class);
    private static final int WIDTH = 720;
    private static final int HEIGHT = 400;
    private static final int LEFT = 60;
    private static final int RIGHT = 20;
    private static final int TOP = 20;
    private static final int BOTTOM = 40;
    private static final int LINES = 4;
    private static final double DOT = 5;

    /** Smallest share between the scale's ends, so that a flat curve looks flat. */
    private static final double LEAST_RANGE = Math.log(1.2);

    private final List<double[]> points = new ArrayList<>();

    private LearningCurve() {}

    /**
     * @param metrics JSON lines with {@code step} and {@code loss}
     * @param png file to write; nothing is written when there are no metrics
     */
    public static void draw(Path metrics, Path png) {
        if (!Files.exists(metrics)) {
            return;
        }
        try {
            LearningCurve curve = new LearningCurve();
            ObjectMapper json = new ObjectMapper();
            for (String line : Files.readAllLines(metrics)) {
                JsonNode node = json.readTree(line);
                double step = node.path("step").asDouble();
                if (!curve.points.isEmpty()
                        && step <= curve.points.get(curve.points.size() - 1)[0]) {
                    // Another training began; the file goes on, the curve does not.
                    curve.points.clear();
                }
                double loss = node.path("loss").asDouble(Double.NaN);
                if (loss > 0) {
                    curve.points.add(new double[] {step, Math.log(loss)});
                }
            }
            if (!curve.points.isEmpty()) {
                ImageIO.write(curve.picture(), "png", png.toFile());
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot draw " + png + ": " + e.getMessage(), e);
        }
    }

    private BufferedImage picture() {
        double last = points.get(points.size() - 1)[0];
        double low = points.stream().mapToDouble(p -> p[1]).min().orElseThrow();
        double high = points.stream().mapToDouble(p -> p[1]).max().orElseThrow();
        double slack = Math.max(0, LEAST_RANGE - (high - low)) / 2 + 0.05 * (high - low);
        low -= slack;
        high += slack;
        BufferedImage image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
        Graphics2D g = image.createGraphics();
        g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        g.setColor(Color.WHITE);
        g.fillRect(0, 0, WIDTH, HEIGHT);
        boolean fonts = true;
        for (int i = 0; i <= LINES; i++) {
            double value = low + (high - low) * i / LINES;
            int y = (int) Math.round(y(value, low, high));
            g.setColor(new Color(225, 228, 232));
            g.drawLine(LEFT, y, WIDTH - RIGHT, y);
            String loss = String.format(Locale.ROOT, "%.3g", Math.exp(value));
            fonts = fonts && text(g, loss, 10, y + 4);
        }
        if (fonts) {
            text(g, "loss", LEFT + 6, TOP + 12);
            String steps = String.format(Locale.ROOT, "%.0f steps", last);
            text(g, steps, WIDTH - RIGHT - 90, HEIGHT - 14);
        }
        g.setColor(new Color(20, 110, 180));
        g.setStroke(new BasicStroke(2, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
        Path2D path = new Path2D.Double();
        for (double[] point : points) {
            double x = LEFT + (WIDTH - LEFT - RIGHT) * point[0] / last;
            double y = y(point[1], low, high);
            if (path.getCurrentPoint() == null) {
                path.moveTo(x, y);
            } else {
                path.lineTo(x, y);
            }
            if (points.size() == 1) {
                g.fill(new Ellipse2D.Double(x - DOT, y - DOT / 2, DOT, DOT));
            }
        }
        g.draw(path);
        g.dispose();
        return image;
    }

    private static double y(double value, double low, double high) {
        return TOP + (HEIGHT - TOP - BOTTOM) * (high - value) / (high - low);
    }

    private static boolean text(Graphics2D g, String text, int x, int y) {
        try {
            g.setColor(new Color(90, 95, 100));
            g.drawString(text, x, y);
            return true;
        } catch (RuntimeException | LinkageError | InternalError e) {
            // Java tells of missing fonts and font libraries in all of these ways.
            LOGGER.info("Learning curves go without numbers: no fonts here ({})", e.toString());
            return false;
        }
    }
}
