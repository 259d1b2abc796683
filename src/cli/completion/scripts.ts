/** What may follow the words of `path` (`vm identity`; empty for the program itself). */
export interface CompletionNode {
  readonly path: string
  readonly words: readonly string[]
}

/** For bash: the longest known prefix of the typed words says what may follow. */
export function bashScript(nodes: readonly CompletionNode[]): string {
  const cases = nodes.map(({ path, words }) => `    '${path}') words='${words.join(' ')}' ;;`).join('\n')
  return `_lanyard() {
  local path='' words='' word candidate
  local known='${nodes.map((node) => `|${node.path}`).join('')}|'
  for word in "\${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
    candidate="\${path:+$path }$word"
    case "$known" in *"|$candidate|"*) path="$candidate" ;; *) break ;; esac
  done
  case "$path" in
${cases}
  esac
  COMPREPLY=($(compgen -W "$words" -- "\${COMP_WORDS[COMP_CWORD]}"))
}
complete -o default -F _lanyard lanyard
`
}

/** For zsh, by its reader of bash completions. */
export function zshScript(nodes: readonly CompletionNode[]): string {
  return `autoload -U +X compinit && compinit\nautoload -U +X bashcompinit && bashcompinit\n${bashScript(nodes)}`
}

/** For fish: a rule per command path. */
export function fishScript(nodes: readonly CompletionNode[]): string {
  const rules = nodes.map(({ path, words }) => {
    const seen =
      path === ''
        ? '__fish_use_subcommand'
        : path
            .split(' ')
            .map((word) => `__fish_seen_subcommand_from ${word}`)
            .join('; and ')
    return `complete -c lanyard -n '${seen}' -f -a '${words.join(' ')}'`
  })
  return `${rules.join('\n')}\n`
}
