package dev.wonflow.testsupport.planted.rooms;

/** An id all nouns share. */
public record MugId(int number) {}
