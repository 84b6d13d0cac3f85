package dev.wonflow.testsupport.planted.names;

/** A class whose nested class has a banned ending. */
final class Box {
    record MugDto(String name) {}
}
