package dev.wonflow.testsupport.planted.transactions;

import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** A class whose methods all open transactions. */
@Transactional(propagation = Propagation.REQUIRES_NEW)
class AnnotatedShelf {}
