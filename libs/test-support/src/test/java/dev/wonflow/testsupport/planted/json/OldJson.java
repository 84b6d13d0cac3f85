package dev.wonflow.testsupport.planted.json;

import com.fasterxml.jackson.databind.ObjectMapper;

/** A class that uses Jackson 2. */
final class OldJson {
    String write(ObjectMapper mapper) {
        return String.valueOf(mapper.hashCode());
    }
}
