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

/** For fish, by the same rule. */
export function fishScript(nodes: readonly CompletionNode[]): string {
  const cases = nodes.map(({ path, words }) => `    case '${path}'\n      printf '%s\\n' ${words.join(' ')}`).join('\n')
  return `function __lanyard_words
  set -l path ''
  for word in (commandline -opc)[2..-1]
    set -l candidate (string trim -- "$path $word")
    contains -- "$candidate" ${nodes.map(({ path }) => `'${path}'`).join(' ')}; or break
    set path $candidate
  end
  switch "$path"
${cases}
  end
end
complete -c lanyard -a '(__lanyard_words)'
`
}
