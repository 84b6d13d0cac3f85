package dev.wonflow.testsupport.planted.knows.mug;

import dev.wonflow.testsupport.planted.knows.mug.shelf.Shelf;

/** A noun that knows where it is kept. */
record Mug(Shelf shelf) {}
