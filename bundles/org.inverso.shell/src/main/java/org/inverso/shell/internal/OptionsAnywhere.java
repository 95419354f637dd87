/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.shell.internal;

import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import org.apache.karaf.shell.api.action.Option;
import org.inverso.api.InversoException;

/**
 * Accepts options after arguments, as in {@code reconstruct car.jpg -o out}.
 *
 * <p>Karaf takes everything behind the first argument as an argument. This goes through those once
 * more and gives the options among them to the action's fields. {@code --} ends the options.
 */
final class OptionsAnywhere {
    private final Object action;

    OptionsAnywhere(Object action) {
        this.action = action;
    }

    /**
     * Sets the options that stand among the arguments.
     *
     * @return the arguments without them
     * @throws InversoException when an option is unknown or its value is missing or wrong
     */
    List<String> takeFrom(List<String> arguments) {
        List<String> rest = new ArrayList<>();
        Iterator<String> it = arguments.iterator();
        while (it.hasNext()) {
            String argument = it.next();
            if (argument.equals("--")) {
                it.forEachRemaining(rest::add);
            } else if (argument.startsWith("-") && argument.length() > 1) {
                set(argument, it);
            } else {
                rest.add(argument);
            }
        }
        return rest;
    }

    private void set(String argument, Iterator<String> following) {
        int equals = argument.indexOf('=');
        String name = equals < 0 ? argument : argument.substring(0, equals);
        Field field = field(name);
        boolean flag = field.getType() == boolean.class;
        String value;
        if (equals >= 0) {
            value = argument.substring(equals + 1);
        } else if (flag) {
            value = "true";
        } else if (following.hasNext()) {
            value = following.next();
        } else {
            throw new InversoException("Option " + name + " needs a value; see --help");
        }
        try {
            field.setAccessible(true);
            field.set(action, convert(name, value, field.getType()));
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }

    private Field field(String name) {
        for (Field field : action.getClass().getDeclaredFields()) {
            Option option = field.getAnnotation(Option.class);
            if (option != null
                    && (option.name().equals(name)
                            || Arrays.asList(option.aliases()).contains(name))) {
                return field;
            }
        }
        throw new InversoException("There is no option " + name + "; see --help");
    }

    private static Object convert(String name, String value, Class<?> type) {
        try {
            if (type == boolean.class) {
                return Boolean.valueOf(value);
            }
            if (type == int.class) {
                return Integer.valueOf(value);
            }
            if (type == long.class) {
                return Long.valueOf(value);
            }
            if (type == double.class) {
                return Double.valueOf(value);
            }
            return value;
        } catch (NumberFormatException e) {
            throw new InversoException("Option " + name + " needs a number, not " + value, e);
        }
    }
}
