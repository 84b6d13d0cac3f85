package dev.wonflow.sandbox.state.json;

import tools.jackson.databind.json.JsonMapper;

/** What has to be known to write a part of the state as JSON, and to read it, besides what its records say. */
public interface StateJson {

    /** Adds it to the mapper of the state; nothing else is written with that one. */
    void addTo(JsonMapper.Builder json);
}
