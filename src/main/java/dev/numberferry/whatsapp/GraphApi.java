package dev.numberferry.whatsapp;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;

/**
 * The Graph API as it is on the wire. Answers come unread, whatever their status and type: {@link
 * AnswerReader} makes sense of them.
 */
@RegisterRestClient(configKey = "whatsapp")
@Path("/{version}/{phoneNumberId}")
interface GraphApi {

  /**
   * @param proof {@code appsecret_proof}; left out of the URL where null
   */
  @POST
  @Path("/register")
  @Consumes(MediaType.APPLICATION_JSON)
  @Produces(MediaType.APPLICATION_JSON)
  Response register(
      @PathParam("version") String version,
      @PathParam("phoneNumberId") String phoneNumberId,
      @HeaderParam(HttpHeaders.AUTHORIZATION) String authorization,
      @QueryParam("appsecret_proof") String proof,
      RegisterBody body);
}
