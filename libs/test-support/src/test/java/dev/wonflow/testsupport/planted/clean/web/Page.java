package dev.wonflow.testsupport.planted.clean.web;

import dev.wonflow.testsupport.planted.clean.json.Documents;
import tools.jackson.databind.JsonNode;

/** An adapter that uses what adapters share. */
final class Page {
    int size(Documents documents, JsonNode page) {
        return documents.size("[]") + page.size();
    }
}
