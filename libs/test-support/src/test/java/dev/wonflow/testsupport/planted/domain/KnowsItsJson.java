package dev.wonflow.testsupport.planted.domain;

import dev.wonflow.testsupport.planted.domain.json.Documents;

/** A domain class that depends on the place where JSON is read. */
final class KnowsItsJson {
    String read(Documents documents) {
        return documents.read();
    }
}
