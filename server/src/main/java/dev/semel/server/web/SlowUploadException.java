package dev.semel.server.web;

import org.springframework.http.HttpStatus;
import org.springframework.web.ErrorResponseException;

/** A body arrives too slowly. Unchecked, so that whoever reads the body takes it neither for the client's mistake nor for the store's. */
final class SlowUploadException extends ErrorResponseException {
    private static final long serialVersionUID = 1L;

    SlowUploadException() {
        super(HttpStatus.REQUEST_TIMEOUT);
    }
}
