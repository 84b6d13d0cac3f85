package dev.wonflow.web.json;

import java.time.temporal.Temporal;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.InputCoercionException;
import tools.jackson.databind.exc.MismatchedInputException;

/** Says why JSON could not be read. Not in Jackson's own words: they can repeat the document. */
public final class Complaint {

    private Complaint() {}

    /** Names the field and what we expect there or, where it is no JSON at all, the place. */
    public static String about(JacksonException e) {
        String path = path(e.getPath());
        if (e instanceof MismatchedInputException mismatch) {
            String field = path.isEmpty() ? "body" : path;
            return field + ": of another kind (expected: " + words(mismatch.getTargetType(), path.isEmpty()) + ")";
        }
        if (e instanceof InputCoercionException && !path.isEmpty()) {
            return path + ": too large (expected: a whole number)";
        }
        String where = e.getLocation() == null
                ? ""
                : " at line " + e.getLocation().getLineNr() + ", column "
                        + e.getLocation().getColumnNr();
        String near = path.isEmpty() ? "" : ", in " + path;
        return "body: not readable" + where + near + " (expected: one JSON document in UTF-8, no member twice)";
    }

    /** The same of a document that is one line of a body, and known by the line's number. */
    public static String aboutLine(JacksonException e) {
        return about(e).replaceFirst("^body: not readable at line 1, column ", "not readable at column ")
                .replaceFirst("^body: ", "line: ");
    }

    /** Says of a value outside any document that it is of another kind, such as of a parameter. */
    public static String about(String name, @Nullable Class<?> type) {
        return name + ": of another kind (expected: " + words(type, false) + ")";
    }

    private static String words(@Nullable Class<?> type, boolean isDocument) {
        if (type == null || isDocument) {
            return "a JSON object";
        }
        if (type == long.class || type == Long.class || type == int.class || type == Integer.class) {
            return "a whole number";
        }
        if (type == boolean.class || type == Boolean.class) {
            return "true or false";
        }
        if (Temporal.class.isAssignableFrom(type)) {
            return "a moment such as 2026-01-05T03:00:00Z";
        }
        if (type == UUID.class) {
            return "a UUID such as 019b8c18-e380-73c4-af0b-6d4c8e91a001";
        }
        if (Collection.class.isAssignableFrom(type)) {
            return "a list";
        }
        return CharSequence.class.isAssignableFrom(type) ? "text" : "a JSON object";
    }

    private static String path(List<JacksonException.Reference> references) {
        StringBuilder path = new StringBuilder();
        for (JacksonException.Reference reference : references) {
            if (reference.getPropertyName() == null) {
                path.append('[').append(reference.getIndex()).append(']');
            } else {
                path.append(path.isEmpty() ? "" : ".").append(reference.getPropertyName());
            }
        }
        return path.toString();
    }
}
