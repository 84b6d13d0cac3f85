package dev.wonflow.testsupport.planted.domain.json;

/** Reads JSON. */
public final class Documents {
    public String read() {
        return "{}";
    }
}
