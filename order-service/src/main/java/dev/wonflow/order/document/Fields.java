package dev.wonflow.order.document;

import dev.wonflow.order.cart.InvalidField;
import dev.wonflow.order.cart.Text;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Fields of an object from outside. A number is never made of a text or of a fraction, and a complaint names the field,
 * the value and what we expect.
 */
public final class Fields {

    /** Texts others write for people may be longer; their tail is cut off. */
    private static final int MAX_FOREIGN_TEXT = 10_000;

    private final Map<?, ?> object;
    private final String path;

    private Fields(Map<?, ?> object, String path) {
        this.object = object;
        this.path = path;
    }

    /**
     * Wraps a document's tree.
     *
     * @param object of texts, {@link Integer}s or {@link Long}s for whole numbers, {@link Boolean}s, lists, and objects
     *     again
     */
    public static Fields of(Map<?, ?> object) {
        return new Fields(object, "");
    }

    public boolean has(String name) {
        return object.get(name) != null;
    }

    /**
     * Reads an object inside this one. Complaints about its fields do not name it: it is only an envelope's content.
     */
    public Fields content(String name) {
        if (present(name, "object") instanceof Map<?, ?> content) {
            return new Fields(content, path);
        }
        throw invalid(name, "object");
    }

    public String text(String name, int max) {
        String expected = "text of 1 to " + max + " characters";
        if (present(name, expected) instanceof String text) {
            return Text.require(path + name, text, max);
        }
        throw invalid(name, expected);
    }

    public @Nullable String optionalText(String name, int max) {
        return has(name) ? text(name, max) : null;
    }

    /** Reads a text somebody wrote for people: of any length, and blank counts as none. */
    public @Nullable String foreignText(String name) {
        Object value = object.get(name);
        if (value == null) {
            return null;
        }
        if (value instanceof String text) {
            String shown = Text.cut(text, MAX_FOREIGN_TEXT).replaceAll("[\\p{Cntrl}\\p{Cs}]", " ");
            return shown.isBlank() ? null : shown;
        }
        throw invalid(name, "text");
    }

    public long whole(String name, String expected) {
        return switch (present(name, expected)) {
            case Integer number -> number;
            case Long number -> number;
            default -> throw invalid(name, expected);
        };
    }

    public boolean flag(String name) {
        if (present(name, "true or false") instanceof Boolean flag) {
            return flag;
        }
        throw invalid(name, "true or false");
    }

    public UUID uuid(String name) {
        String text = text(name, 36);
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException e) {
            throw new InvalidField(path + name, text, "UUID");
        }
    }

    public Instant instant(String name) {
        String text = text(name, 40);
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            throw new InvalidField(path + name, text, "moment such as 2026-01-05T03:00:00Z");
        }
    }

    public @Nullable Instant optionalInstant(String name) {
        return has(name) ? instant(name) : null;
    }

    /** Reads a list of objects; each knows its place in it. */
    public List<Fields> list(String name, int max) {
        String expected = "list of 1 to " + max + " objects";
        if (!(present(name, expected) instanceof List<?> list)) {
            throw invalid(name, expected);
        }
        if (list.isEmpty() || list.size() > max) {
            throw new InvalidField(path + name, list.size() + " elements", expected);
        }
        List<Fields> elements = new ArrayList<>(list.size());
        for (Object element : list) {
            String place = path + name + "[" + elements.size() + "]";
            if (!(element instanceof Map<?, ?> fields)) {
                throw new InvalidField(place, String.valueOf(element), "object");
            }
            elements.add(new Fields(fields, place + "."));
        }
        return elements;
    }

    /** Where this object lies, such as {@code items[0]}; empty for the document itself. */
    String place() {
        return path.isEmpty() ? "" : path.substring(0, path.length() - 1);
    }

    private Object present(String name, String expected) {
        Object value = object.get(name);
        if (value == null) {
            throw new InvalidField(path + name, "missing", expected);
        }
        return value;
    }

    private InvalidField invalid(String name, String expected) {
        Object value = object.get(name);
        // A text in quotation marks, or "12" would look like the number that was expected.
        String shown = value instanceof String text ? '"' + text + '"' : String.valueOf(value);
        return new InvalidField(path + name, shown, expected);
    }
}
