package dev.numberferry.whatsapp;

import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;
import org.jspecify.annotations.Nullable;

/**
 * What is asked of the Graph API, as it is on the wire. Answers come unread, whatever their status
 * and type: {@link GraphResponse} makes sense of them. {@code appsecret_proof} is left out of the
 * URL where it is null. The calls are asynchronous because such answers are read as a whole before
 * they are given out: one limit then holds for connection, request, head and body.
 *
 * <p>Its connections are kept for some seconds: {@link StaleConnectionRetry}.
 */
@RegisterRestClient(configKey = "whatsapp")
@Path("/{version}/{node}")
@Produces(MediaType.APPLICATION_JSON)
interface GraphApi {

  /**
   * Some fields of a node.
   *
   * @param node id of a number, or {@code app} for the token's own app
   */
  @GET
  Uni<Response> node(
      @PathParam("version") String version,
      @PathParam("node") String node,
      @HeaderParam(HttpHeaders.AUTHORIZATION) String authorization,
      @QueryParam("appsecret_proof") @Nullable String proof,
      @QueryParam("fields") String fields);

  /**
   * What there is to know of a token. It stands in the URL: Meta takes it nowhere else.
   *
   * @param node {@code debug_token}
   */
  @GET
  Uni<Response> inspection(
      @PathParam("version") String version,
      @PathParam("node") String node,
      @HeaderParam(HttpHeaders.AUTHORIZATION) String authorization,
      @QueryParam("appsecret_proof") @Nullable String proof,
      @QueryParam("input_token") String token);

  /**
   * What hangs on a node, such as {@code settings} on a number.
   *
   * @param node id of a number, or of a WhatsApp Business Account
   */
  @GET
  @Path("/{edge}")
  Uni<Response> edge(
      @PathParam("version") String version,
      @PathParam("node") String node,
      @PathParam("edge") String edge,
      @HeaderParam(HttpHeaders.AUTHORIZATION) String authorization,
      @QueryParam("appsecret_proof") @Nullable String proof);
}
