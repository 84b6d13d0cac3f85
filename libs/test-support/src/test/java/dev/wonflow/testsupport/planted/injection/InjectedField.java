package dev.wonflow.testsupport.planted.injection;

import org.springframework.beans.factory.annotation.Autowired;

/** A class with an injected field. */
final class InjectedField {

    @Autowired
    private String mug = "";

    String mug() {
        return mug;
    }
}
