package dev.wonflow.sandbox.exchange.web;

import jakarta.servlet.ServletException;
import java.io.IOException;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;
import org.apache.coyote.ActionCode;

/** Closes the connection instead of answering: the caller sees its connection end where the answer should begin. */
final class LostAnswerValve extends ValveBase {

    /** Request attribute that says the answer is to be lost. */
    static final String ATTRIBUTE = "dev.wonflow.sandbox.answer-lost";

    LostAnswerValve() {
        super(true);
    }

    @Override
    public void invoke(Request request, Response response) throws IOException, ServletException {
        getNext().invoke(request, response);
        if (request.getAttribute(ATTRIBUTE) != null) {
            response.getCoyoteResponse().action(ActionCode.CLOSE_NOW, null);
        }
    }
}
