package dev.wonflow.testsupport.planted.clean.json;

import tools.jackson.databind.json.JsonMapper;

/** Reads JSON for several adapters. */
public final class Documents {

    private final JsonMapper json = new JsonMapper();

    public int size(String text) {
        return json.readTree(text).size();
    }
}
