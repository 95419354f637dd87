/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.geometry;

/**
 * Numbers of text formats: with a fixed number of decimals, without exponents and trailing zeros,
 * the same on every Java and in every locale.
 */
public final class DecimalText {

    private static final int MOST_DECIMALS = 9;

    private final int decimals;
    private final long scale;

    /**
     * @param decimals at most, 0 to 9
     */
    public DecimalText(int decimals) {
        if (decimals < 0 || decimals > MOST_DECIMALS) {
            throw new IllegalArgumentException("decimals must be from 0 to 9");
        }
        this.decimals = decimals;
        scale = power(decimals);
    }

    /**
     * @throws IllegalArgumentException when the number is not finite, or too large for its decimals
     */
    public StringBuilder append(double value, StringBuilder dest) {
        double scaled = value * scale;
        if (!(Math.abs(scaled) < Long.MAX_VALUE)) {
            throw new IllegalArgumentException(value + " cannot be written with decimals");
        }
        long rounded = Math.round(scaled);
        if (rounded < 0) {
            dest.append('-');
            rounded = -rounded;
        }
        dest.append(rounded / scale);
        long fraction = rounded % scale;
        if (fraction != 0) {
            int digits = decimals;
            while (fraction % 10 == 0) {
                fraction /= 10;
                digits--;
            }
            dest.append('.');
            while (digits > 1 && fraction < power(digits - 1)) {
                dest.append('0');
                digits--;
            }
            dest.append(fraction);
        }
        return dest;
    }

    private static long power(int exponent) {
        long power = 1;
        for (int i = 0; i < exponent; i++) {
            power *= 10;
        }
        return power;
    }
}
