# What infra/stop and infra/start share; it is sourced, and does nothing by itself. Bash 3.2, which
# macOS has, and either AWS CLI will do.
# shellcheck shell=bash

export AWS_PAGER="" # AWS CLI 2 would wait in a pager

stack=''
status=''
deployed='' # whether this run has changed the stack
failures=''

say() {
  printf '%s\n' "$*"
}

complain() {
  printf '%s\n' "$*" >&2
}

# Keeps what could not be done for the end, where it is read.
fails() {
  complain "   FAILED: $1"
  failures+="   - $1"$'\n'
}

# What the stack is, by a JMESPath query.
describe() {
  aws cloudformation describe-stacks --stack-name "$stack" --output text --query "Stacks[0].$1"
}

emergency_stop() {
  describe "Parameters[?ParameterKey=='EmergencyStop'].ParameterValue"
}

# Reads the names of the functions in which a call of register can begin.
find_functions() {
  local outputs key value region=''
  migrate='' backup_uploaded='' api=''
  command -v aws >/dev/null || {
    complain "There is no command aws: install the AWS CLI, or use AWS CloudShell."
    return 1
  }
  outputs=$(describe 'Outputs[].[OutputKey,OutputValue]') || {
    complain "The stack $stack cannot be read: look at its name, the region and AWS_PROFILE."
    return 1
  }
  while read -r key value; do
    case $key in
      FunctionName) migrate=$value ;;
      FunctionArn) IFS=: read -r _ _ _ region _ <<<"$value" ;;
      BackupUploadedFunctionName) backup_uploaded=$value ;;
      ApiFunctionName) api=$value ;;
    esac
  done <<<"$outputs"
  [[ -n $migrate && -n $backup_uploaded && -n $api ]] || {
    complain "The stack $stack does not tell the names of its functions: is it Number Ferry's?"
    return 1
  }
  say "The stack $stack in $region."
}

# Waits while something changes the stack; how it ends stands in $status then.
settle() {
  local before=''
  while true; do
    status=$(describe StackStatus) || status=unknown
    [[ $status == "$before" ]] || say "   $(date +%T) The stack is $status."
    before=$status
    [[ $status == *_IN_PROGRESS ]] || return 0
    sleep 5
  done
}

# Deploys the stack as it is, but for EmergencyStop, and waits for the end. Answers whether that holds;
# $deployed is set where the stack was touched.
deploy_emergency_stop() {
  local parameters=() keys key answer
  deployed=''
  keys=$(describe 'Parameters[].ParameterKey') || return 1
  for key in $keys; do
    [[ $key == EmergencyStop ]] || parameters+=("ParameterKey=$key,UsePreviousValue=true")
  done
  parameters+=("ParameterKey=EmergencyStop,ParameterValue=$1")
  answer=$(aws cloudformation update-stack --stack-name "$stack" --use-previous-template \
    --capabilities CAPABILITY_IAM CAPABILITY_AUTO_EXPAND --parameters "${parameters[@]}" 2>&1) || {
    if [[ $answer == *"No updates are to be performed"* ]]; then
      say "   The stack has EmergencyStop=$1 already."
      return 0
    fi
    complain "   The stack cannot be updated: ${answer#$'\n'}"
    return 1
  }
  # shellcheck disable=SC2034 # infra/stop reads it
  deployed=yes
  settle
  [[ $status == UPDATE_COMPLETE && $(emergency_stop) == "$1" ]]
}

# What reads a function's queue, and its state: a line for each.
event_sources() {
  aws lambda list-event-source-mappings --function-name "$1" --output text \
    --query 'EventSourceMappings[].[UUID,State]'
}

# Ends with what has failed, if anything did.
end_where_failed() {
  [[ -n $failures ]] || return 0
  complain "$1"
  complain "$failures"
  complain "What stands above tells why: mostly a permission, or the network. Run it again then."
  exit 1
}

# The one argument of both.
read_arguments() {
  if [[ $# -eq 1 && $1 != -* && -n $1 ]]; then
    stack=$1
  elif [[ ${1:-} == -h || ${1:-} == --help ]]; then
    usage
    exit 0
  else
    usage >&2
    exit 2
  fi
}
