package dev.wonflow.sandbox.exchange.web;

import dev.wonflow.sandbox.error.Refused;
import dev.wonflow.sandbox.error.TossError;
import dev.wonflow.sandbox.error.WrongState;
import jakarta.servlet.http.HttpServletRequest;
import org.apache.tomcat.util.http.InvalidParameterException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.web.ErrorResponse;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.async.AsyncRequestNotUsableException;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.servlet.NoHandlerFoundException;
import org.springframework.web.servlet.resource.NoResourceFoundException;

/** Gives every failure the shape of Toss. Toss knows no 405, 406, 415 or 422. */
@RestControllerAdvice
class TossErrors {

    private static final Logger log = LoggerFactory.getLogger(TossErrors.class);

    private final ErrorJson json;

    TossErrors(ErrorJson json) {
        this.json = json;
    }

    @ExceptionHandler
    ResponseEntity<byte[]> on(Refused refused, HttpServletRequest request) {
        return answer(refused.error(), refused.message(Language.of(request)), request);
    }

    @ExceptionHandler({NoHandlerFoundException.class, NoResourceFoundException.class})
    ResponseEntity<byte[]> onUnknownPath(HttpServletRequest request) {
        return answer(TossError.NOT_FOUND, request);
    }

    @ExceptionHandler(HttpRequestMethodNotSupportedException.class)
    ResponseEntity<byte[]> onUnknownMethod(HttpServletRequest request) {
        return answer(TossError.NOT_FOUND_HTTP_METHOD, request);
    }

    @ExceptionHandler({HttpMessageNotReadableException.class, InvalidParameterException.class})
    ResponseEntity<byte[]> onUnreadable(HttpServletRequest request) {
        return answer(TossError.INVALID_REQUEST, request);
    }

    /** The control API says what is wrong with a request; nobody has to parse it. */
    @ExceptionHandler
    ResponseEntity<byte[]> on(ResponseStatusException e) {
        TossError error =
                e.getStatusCode().isSameCodeAs(HttpStatus.NOT_FOUND) ? TossError.NOT_FOUND : TossError.INVALID_REQUEST;
        return explained(e.getStatusCode(), error, String.valueOf(e.getReason()));
    }

    @ExceptionHandler
    ResponseEntity<byte[]> on(WrongState e) {
        return explained(HttpStatus.CONFLICT, TossError.INVALID_REQUEST, String.valueOf(e.getMessage()));
    }

    /** The caller has left; there is no one to answer. */
    @ExceptionHandler(AsyncRequestNotUsableException.class)
    void onNobodyThere() {}

    @ExceptionHandler
    ResponseEntity<byte[]> on(Exception e, HttpServletRequest request) {
        if (e instanceof ErrorResponse) {
            return answer(TossError.INVALID_REQUEST, request);
        }
        // Not the address itself: it may hold a billing key.
        log.error(
                "{} {} failed",
                request.getMethod(),
                request.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE),
                e);
        return answer(TossError.FAILED_INTERNAL_SYSTEM_PROCESSING, request);
    }

    private ResponseEntity<byte[]> explained(HttpStatusCode status, TossError error, String why) {
        return ResponseEntity.status(status)
                .contentType(MediaType.APPLICATION_JSON)
                .body(json.write(error, why));
    }

    private ResponseEntity<byte[]> answer(TossError error, HttpServletRequest request) {
        return answer(error, error.message(Language.of(request)), request);
    }

    private ResponseEntity<byte[]> answer(TossError error, String message, HttpServletRequest request) {
        return ResponseEntity.status(error.status())
                .contentType(MediaType.APPLICATION_JSON)
                .body(json.write(error, message, request));
    }
}
