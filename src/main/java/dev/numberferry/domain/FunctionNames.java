package dev.numberferry.domain;

import java.util.Set;

/** The functions of this program, as {@code QUARKUS_FUNQY_EXPORT} and the template name them. */
public final class FunctionNames {

  public static final String MIGRATE = "migrate";
  public static final String BACKUP_UPLOADED = "backup-uploaded";
  public static final String API = "api";
  public static final String SWEEP = "sweep";
  public static final String BRAKE = "brake";
  public static final String FLEET = "fleet";

  /** Those whose runs call {@code register}. */
  public static final Set<String> CALLERS = Set.of(MIGRATE, BACKUP_UPLOADED, API);

  private FunctionNames() {}
}
