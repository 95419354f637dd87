/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.benchmarks;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.Locale;

/** Lines through points on two logarithmic axes. */
final class LogLogPlot {

    /** A point, both coordinates above 0. */
    record Point(double x, double y) {}

    /**
     * A line.
     *
     * @param points from left to right
     */
    record Line(String name, List<Point> points) {}

    private static final int LEFT = 70;
    private static final int TOP = 40;
    private static final int BOTTOM = 56;
    private static final Color INK = new Color(0x333333);
    private static final Color GRID = new Color(0xdddddd);
    private static final Color[] COLORS = {
        new Color(0x0072b2), new Color(0xd55e00), new Color(0x009e73), new Color(0xcc79a7),
        new Color(0xe69f00), new Color(0x56b4e9), new Color(0x000000), new Color(0x999933)
    };

    private final String title;
    private final String across;
    private final String up;
    private final List<Line> lines;
    private double minX = Double.POSITIVE_INFINITY;
    private double maxX;
    private double minY = Double.POSITIVE_INFINITY;
    private double maxY;

    /**
     * @param across what the x axis shows
     * @param up what the y axis shows
     */
    LogLogPlot(String title, String across, String up, List<Line> lines) {
        this.title = title;
        this.across = across;
        this.up = up;
        this.lines = lines;
        for (Line line : lines) {
            for (Point p : line.points()) {
                minX = Math.min(minX, p.x());
                maxX = Math.max(maxX, p.x());
                minY = Math.min(minY, p.y());
                maxY = Math.max(maxY, p.y());
            }
        }
        minX /= 1.3;
        maxX *= 1.3;
        minY = Math.pow(10, Math.floor(Math.log10(minY)));
        maxY = Math.pow(10, Math.ceil(Math.log10(maxY) + 1e-9));
    }

    /** Draws side by side. */
    static BufferedImage draw(List<LogLogPlot> plots, int width, int height) {
        BufferedImage image =
                new BufferedImage(plots.size() * width, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D g = image.createGraphics();
        g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        g.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
        g.setColor(Color.WHITE);
        g.fillRect(0, 0, image.getWidth(), height);
        for (int i = 0; i < plots.size(); i++) {
            Graphics2D part = (Graphics2D) g.create(i * width, 0, width, height);
            plots.get(i).draw(part, width, height);
            part.dispose();
        }
        g.dispose();
        return image;
    }

    private void draw(Graphics2D g, int width, int height) {
        int legend = 170;
        int right = width - legend;
        int bottom = height - BOTTOM;
        g.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, 12));
        g.setColor(INK);
        g.drawString(title, LEFT, TOP - 16);
        g.drawString(
                across,
                (LEFT + right) / 2 - g.getFontMetrics().stringWidth(across) / 2,
                height - 14);
        Graphics2D turned = (Graphics2D) g.create();
        turned.rotate(-Math.PI / 2);
        turned.drawString(up, -(TOP + bottom) / 2 - g.getFontMetrics().stringWidth(up) / 2, 16);
        turned.dispose();
        for (double y = minY; y <= maxY * 1.001; y *= 10) {
            rule(g, LEFT, y(y, bottom), right, y(y, bottom));
            String label = y < 1 ? Double.toString(y) : Integer.toString((int) Math.round(y));
            g.drawString(
                    label,
                    LEFT - 8 - g.getFontMetrics().stringWidth(label),
                    (float) y(y, bottom) + 4);
        }
        for (Point p : longest().points()) {
            double x = x(p.x(), right);
            rule(g, x, TOP, x, bottom);
            String label = String.format(Locale.ROOT, "%,d", Math.round(p.x()));
            g.drawString(
                    label, (float) x - g.getFontMetrics().stringWidth(label) / 2f, bottom + 18);
        }
        for (int i = 0; i < lines.size(); i++) {
            g.setColor(COLORS[i % COLORS.length]);
            line(g, lines.get(i), right, bottom);
            g.fill(new Ellipse2D.Double(right + 12, TOP + 18 * i - 4, 8, 8));
            g.setColor(INK);
            g.drawString(lines.get(i).name(), right + 26, TOP + 18 * i + 4);
        }
    }

    private Line longest() {
        Line longest = lines.get(0);
        for (Line line : lines) {
            longest = line.points().size() > longest.points().size() ? line : longest;
        }
        return longest;
    }

    private void line(Graphics2D g, Line line, int right, int bottom) {
        g.setStroke(new BasicStroke(2));
        Point before = null;
        for (Point p : line.points()) {
            double x = x(p.x(), right);
            double y = y(p.y(), bottom);
            g.fill(new Ellipse2D.Double(x - 3, y - 3, 6, 6));
            if (before != null) {
                g.draw(new Line2D.Double(x(before.x(), right), y(before.y(), bottom), x, y));
            }
            before = p;
        }
    }

    private static void rule(Graphics2D g, double x0, double y0, double x1, double y1) {
        g.setColor(GRID);
        g.setStroke(new BasicStroke(1));
        g.draw(new Line2D.Double(x0, y0, x1, y1));
        g.setColor(INK);
    }

    private double x(double value, int right) {
        return LEFT + (right - LEFT) * Math.log(value / minX) / Math.log(maxX / minX);
    }

    private double y(double value, int bottom) {
        return bottom - (bottom - TOP) * Math.log(value / minY) / Math.log(maxY / minY);
    }
}
