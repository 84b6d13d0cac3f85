package dev.wonflow.testsupport.planted.clean.web;

import dev.wonflow.testsupport.planted.clean.json.Documents;

/** An adapter that uses what adapters share. */
final class Page {
    int size(Documents documents) {
        return documents.size("[]");
    }
}
