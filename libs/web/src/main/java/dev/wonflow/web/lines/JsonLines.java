package dev.wonflow.web.lines;

import dev.wonflow.web.InvalidRequest;
import dev.wonflow.web.json.Complaint;
import dev.wonflow.web.json.StrictJson;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * A body of JSON lines (application/x-ndjson), read strictly and each line by itself: one that is wrong is a fault with
 * its number, and the others are read all the same. Empty lines are passed over and counted.
 *
 * @param lines in the order of the body
 * @param faults what was wrong with the others
 */
public record JsonLines<T>(List<Line<T>> lines, List<Fault> faults) {

    /** The media type. */
    public static final String TYPE = "application/x-ndjson";

    /** Most lines of one body. */
    public static final int MOST = 1_000;

    private static final JsonMapper JSON = StrictJson.mapper();

    public JsonLines {
        lines = List.copyOf(lines);
        faults = List.copyOf(faults);
    }

    /**
     * A line that could be read.
     *
     * @param number the first is 1
     */
    public record Line<T>(int number, T value) {}

    /**
     * A line that was not taken.
     *
     * @param line its number; the first is 1
     * @param problem what was wrong and what was expected; repeats nothing of the line but names and whole numbers
     */
    public record Fault(int line, String problem) {}

    /**
     * A line that was taken.
     *
     * @param number the first is 1
     * @param result what became of it
     */
    public record Taken<T, R>(int number, T value, R result) {}

    /**
     * What became of all lines.
     *
     * @param taken in the order of the body
     * @param faults the others, in the order of the body
     */
    public record Outcome<T, R>(List<Taken<T, R>> taken, List<Fault> faults) {

        public Outcome {
            taken = List.copyOf(taken);
            faults = List.copyOf(faults);
        }

        /** How many lines there were. */
        public int size() {
            return taken.size() + faults.size();
        }
    }

    /** What could be read, line by line. */
    public List<T> values() {
        return lines.stream().map(Line::value).toList();
    }

    /**
     * Puts together what could not be read and what became of the rest.
     *
     * @param results of {@link #values}, in their order
     * @param problem what was wrong with one; empty if it was taken
     */
    public <R> Outcome<T, R> outcome(List<R> results, Function<R, Optional<String>> problem) {
        List<Taken<T, R>> taken = new ArrayList<>();
        List<Fault> all = new ArrayList<>(faults);
        for (int i = 0; i < results.size(); i++) {
            Line<T> line = lines.get(i);
            R result = results.get(i);
            problem.apply(result)
                    .ifPresentOrElse(
                            wrong -> all.add(new Fault(line.number(), wrong)),
                            () -> taken.add(new Taken<>(line.number(), line.value(), result)));
        }
        all.sort(Comparator.comparingInt(Fault::line));
        return new Outcome<>(taken, all);
    }

    /**
     * Reads a body to its end.
     *
     * @param form what a line is read as
     * @param translation of what was read; what it refuses with {@link IllegalArgumentException} or
     *     {@link InvalidRequest} is a fault of its line
     * @throws InvalidRequest if there is no line, or more than {@link #MOST}
     */
    public static <B, T> JsonLines<T> read(InputStream body, Class<B> form, Function<B, T> translation)
            throws IOException {
        List<Line<T>> lines = new ArrayList<>();
        List<Fault> faults = new ArrayList<>();
        byte[] bytes = body.readAllBytes();
        int number = 0;
        for (int start = 0; start < bytes.length; ) {
            int end = endOfLine(bytes, start);
            number++;
            if (!isBlank(bytes, start, end)) {
                if (lines.size() + faults.size() == MOST) {
                    throw new InvalidRequest("body: more than " + MOST + " lines (expected: at most " + MOST
                            + "; what was taken once is not taken twice, so the file may be sent in parts)");
                }
                try {
                    B read = JSON.readValue(bytes, start, end - start, form);
                    lines.add(new Line<>(number, translation.apply(InvalidRequest.required("line", read))));
                } catch (JacksonException e) {
                    faults.add(new Fault(number, Complaint.aboutLine(e)));
                } catch (IllegalArgumentException | InvalidRequest e) {
                    faults.add(new Fault(number, String.valueOf(e.getMessage())));
                }
            }
            start = end + 1;
        }
        if (lines.isEmpty() && faults.isEmpty()) {
            throw new InvalidRequest("body: empty (expected: a JSON object in each line)");
        }
        return new JsonLines<>(lines, faults);
    }

    private static int endOfLine(byte[] bytes, int start) {
        int end = start;
        while (end < bytes.length && bytes[end] != '\n') {
            end++;
        }
        return end;
    }

    private static boolean isBlank(byte[] bytes, int start, int end) {
        for (int i = start; i < end; i++) {
            if (bytes[i] != ' ' && bytes[i] != '\r' && bytes[i] != '\t') {
                return false;
            }
        }
        return true;
    }
}
