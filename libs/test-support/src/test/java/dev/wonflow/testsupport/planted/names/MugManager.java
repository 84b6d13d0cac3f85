package dev.wonflow.testsupport.planted.names;

/** A class with a banned ending. */
final class MugManager {}
