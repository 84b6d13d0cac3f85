package dev.wonflow.openapi;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What {@code docs/problems.md} says of each code. */
final class ProblemTable {

    private static final Pattern ROW =
            Pattern.compile("(?m)^\\| `([a-z]+\\.[a-z0-9-]+)` \\| (\\d{3}) \\| (.+?) \\| (.+?) \\|$");

    private final Map<String, Row> rows = new LinkedHashMap<>();

    ProblemTable(Path table) {
        try {
            Matcher row = ROW.matcher(Files.readString(table));
            while (row.find()) {
                rows.put(row.group(1), new Row(Integer.parseInt(row.group(2)), row.group(3), row.group(4)));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One kind of problem. */
    record Row(int status, String meaning, String remedy) {}

    Row of(String code) {
        Row row = rows.get(code);
        if (row == null) {
            throw new IllegalStateException("code: " + code + " (expected: one of docs/problems.md)");
        }
        return row;
    }
}
