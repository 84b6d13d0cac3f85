package dev.wonflow.testsupport.planted.transactions;

import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** A method that opens a transaction by annotation, and one that only demands it. */
class AnnotatedMug {

    @Transactional
    void fill() {}

    @Transactional(propagation = Propagation.MANDATORY)
    void empty() {}
}
