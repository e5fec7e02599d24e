/** What checks expect and see. */
export const checks = {
  // Conditions: they follow a label.
  'at least {value}': '至少 {value}',
  'at most {value}': '至多 {value}',
  'between {low} and {high}': '{low} 到 {high} 之间',
  'one of {values}': '{values} 之一',
  'a text that matches {pattern}': '匹配 {pattern} 的文本',
  'a text that contains “{text}”': '包含“{text}”的文本',
  'not {condition}': '不是 {condition}',
  none: '无',
  nothing: '没有输出',
  'no {noun}': '0 个{noun}',
  '{count} {noun}': '{count} 个{noun}',

  // Several properties of one thing.
  '{label} {condition}': '{label} {condition}',
  '{subject} should have: {properties}.': '{subject} 应当是：{properties}。',
  '{subject} has: {properties}.': '{subject} 现在是：{properties}。',
  existence: '存在',
  state: '状态',
  'MAC address': 'MAC 地址',
  'promiscuous mode': '混杂模式',
  master: '所属网桥（master）',
  delay: '时延',
  loss: '丢包率',
  rate: '速率',
  limit: '队列长度',
  'next hop': '下一跳',
  interface: '接口',
  'source address': '源地址',
  'not known to the route': '路由里没有',

  // Trees of checks.
  'This should not be the case: {expected}': '下面这一条不应成立：{expected}',
  '{first} Or: {second}': '{first}或者：{second}',
  'This could not be judged. {why}': '无法判定。{why}',
  'The check “{name}” should give an answer.': '检查“{name}”应当给出结果。',
  'The check “{name}” had no answer after {seconds} seconds.': '检查“{name}”在 {seconds} 秒内没有结果。',
  'The sandbox is very busy or broken: end what runs in it, or reset the lab.':
    '沙箱太忙或已损坏：请结束其中正在运行的程序，或重新开始实验。',

  // address
  '{place} should have the address {addresses}.': '{place} 应当有地址 {addresses}。',
  '{place} should not have the address {addresses}.': '{place} 不应有地址 {addresses}。',
  '{node} has no interface {interface}.': '{node} 没有接口 {interface}。',
  '{place} has no address.': '{place} 没有地址。',
  '{place} has {addresses}.': '{place} 的地址是 {addresses}。',

  // capture
  'since the task opened': '自任务解锁以来',
  'since the lab began': '自实验开始以来',
  frame: '帧',
  frames: '帧',
  'At {place}, {condition} {noun} should match {filter} {since}.':
    '{since}，在 {place} 匹配 {filter} 的帧数应当是：{condition}。',
  'No frame at all passed {place} {since}.': '{since}，没有任何帧经过 {place}。',
  'Of {total} at {place}, {count} matched {since}.': '{since}，经过 {place} 的 {total}中，有 {count}匹配。',
  'So much traffic passed {place} that older frames were dropped before they were looked at.':
    '经过 {place} 的流量太大，较早的帧还没来得及查看就被丢掉了。',
  'Do the exercise once more, with less traffic.': '请用少一些的流量再做一次。',
  '{summary} ({length} bytes)': '{summary}（{length} 字节）',

  // command
  '“{run}” on {node} should end with exit status {exit}.': '{node} 上的“{run}”的退出状态应当是 {exit}。',
  '“{run}” on {node} should end with exit status {exit} and print {stdout}.':
    '{node} 上的“{run}”的退出状态应当是 {exit}，输出应当是 {stdout}。',
  'It ended with exit status {exit}.': '它的退出状态是 {exit}。',
  'It ended with exit status {exit} and printed {stdout}.': '它的退出状态是 {exit}，输出是{stdout}。',
  '(no output)': '（没有输出）',

  // conntrack
  connection: '连接',
  connections: '连接',
  'such connection': '这样的连接',
  'such connections': '这样的连接',
  '{node} should track {condition} {noun} of this kind.': '{node} 跟踪的这类连接数应当是：{condition}。',
  '{node} tracks {count}.': '{node} 正在跟踪 {count}。',

  // counter
  '{name} on {node} should grow by {condition} since the task opened.':
    '自任务解锁以来，{node} 上 {name} 的增长应当是：{condition}。',
  '{name} on {node} should be {condition}.': '{node} 上的 {name} 应当是：{condition}。',
  '{node} has no interface {interface}, so nothing is counted there.':
    '{node} 没有接口 {interface}，那里什么都没有计。',
  '{name} on {node} has not moved: it was {before} when the task opened and is {now}.':
    '{node} 上的 {name} 没有变化：任务解锁时是 {before}，现在是 {now}。',
  '{name} on {node} has grown by {grown} since the task opened: {before} → {now}.':
    '自任务解锁以来，{node} 上的 {name} 增长了 {grown}：{before} → {now}。',
  '{name} on {node} is {now}.': '{node} 上的 {name} 是 {now}。',

  // file
  'There should be a file {file}.': '应当有文件 {file}。',
  'There should be no file {file}.': '不应有文件 {file}。',
  '{file} is there.': '{file} 存在。',
  'There is no {file}.': '{file} 不存在。',
  '{path} on {node}': '{path}（{node}）',
  'contain “{text}”': '包含“{text}”',
  'match {pattern}': '匹配 {pattern}',
  '{file} should {demands}.': '{file} 应当{demands}。',
  '{file} is not a plain file.': '{file} 不是普通文件。',
  '{file} is empty.': '{file} 是空的。',
  '{file} does.': '{file} 符合要求。',
  '{file} does not.': '{file} 不符合要求。',

  // link
  'There should be an interface {interface} on {node}.': '{node} 上应当有接口 {interface}。',
  'There should be no interface {interface} on {node}.': '{node} 上不应有接口 {interface}。',
  '{node} has an interface {interface}.': '{node} 有接口 {interface}。',

  // neighbor
  '{node} should have an entry for {ip} in its neighbour table.': '{node} 的邻居表里应当有 {ip} 的表项。',
  '{node} should have no entry for {ip} in its neighbour table.': '{node} 的邻居表里不应有 {ip} 的表项。',
  '{node} knows {ip}: {entry}.': '{node} 知道 {ip}：{entry}。',
  '{node} has no entry for {ip}.': '{node} 没有 {ip} 的表项。',
  'no entry': '没有表项',
  'The entry for {ip} on {node}': '{node} 上 {ip} 的表项',

  // ping
  'A ping from {from} to {to}': '从 {from} 到 {to} 的 ping',
  'A ping of {size} bytes from {from} to {to}': '从 {from} 到 {to} 的 {size} 字节的 ping',
  'A ping from {from} to {to} that must not be fragmented': '从 {from} 到 {to}、禁止分片的 ping',
  'A ping of {size} bytes from {from} to {to} that must not be fragmented':
    '从 {from} 到 {to}、禁止分片的 {size} 字节的 ping',
  '{ping} should be answered.': '{ping}应当得到应答。',
  '{ping} was answered.': '{ping}得到了应答。',
  '{ping} should get no answer at all.': '{ping}应当完全没有应答。',
  '{ping} got no answer within a second.': '{ping}在一秒内没有应答。',
  '{ping} should be refused as too big for the path.': '{ping}应当因为超过路径的 MTU 而被拒绝。',
  '{ping} was refused as too big for the path.': '{ping}因为超过路径的 MTU 而被拒绝。',
  '{ping} should be refused: destination unreachable.': '{ping}应当被拒绝：目的不可达。',
  '{ping} was refused: the destination is unreachable, or there is no route to it.':
    '{ping}被拒绝了：目的不可达，或者没有去往它的路由。',
  '{ping} should be answered, with a round trip of {time} on average.': '{ping}应当得到应答，平均往返时间{time}。',
  '{ping} was answered after {time} ms on average.': '{ping}得到了应答，平均往返时间 {time} ms。',
  'ping sent by the platform': '平台发出的 ping',
  '{sent} sent, {received} received': '发出 {sent} 个，收到 {received} 个',

  // process
  'A process that matches {pattern} should run on {node}.': '{node} 上应当运行着匹配 {pattern} 的进程。',
  'No process that matches {pattern} should run on {node}.': '{node} 上不应运行匹配 {pattern} 的进程。',
  'No such process runs on {node}.': '{node} 上没有运行这样的进程。',
  '{node} runs {processes}.': '{node} 正在运行 {processes}。',
  'The processes of {node} could not be listed.': '无法列出 {node} 的进程。',

  // qdisc
  '{place} should have a qdisc {kind}.': '{place} 应当有排队规则（qdisc）{kind}。',
  '{place} should have no qdisc {kind}.': '{place} 不应有排队规则（qdisc）{kind}。',
  '{place} has no qdisc.': '{place} 没有排队规则（qdisc）。',
  '{place} has the qdisc {kinds}.': '{place} 的排队规则（qdisc）是 {kinds}。',
  '{kind} at {place}': '{place} 上的 {kind}',

  // route
  '{node} should have a default route.': '{node} 应当有默认路由。',
  '{node} should have no default route.': '{node} 不应有默认路由。',
  '{node} should have a route to {to}.': '{node} 应当有去往 {to} 的路由。',
  '{node} should have no route to {to}.': '{node} 不应有去往 {to} 的路由。',
  '{node} has a default route: {route}.': '{node} 有默认路由：{route}。',
  '{node} has no default route.': '{node} 没有默认路由。',
  '{node} has a route to {to}: {route}.': '{node} 有去往 {to} 的路由：{route}。',
  '{node} has no route to {to}.': '{node} 没有去往 {to} 的路由。',
  'The way from {node} to {to}': '从 {node} 到 {to} 的路',

  // socket
  socket: '套接字',
  sockets: '套接字',
  '{noun} ({filter})': '{noun}（{filter}）',
  'state {condition}': '状态 {condition}',
  'local {condition}': '本端 {condition}',
  'remote {condition}': '对端 {condition}',
  'program {condition}': '程序 {condition}',
  '{node} should have {condition} {noun}.': '{node} 的{noun}数应当是：{condition}。',
  '{node} should have {condition} {noun} with {fields}.': '{node} 上符合 {fields} 的{noun}数应当是：{condition}。',
  '{node} has {count}.': '{node} 有 {count}。',
  '{node} has {count}: {values}.': '{node} 有 {count}：{values}。',

  // sysctl
  '{key} on {node} should be {condition}.': '{node} 上的 {key} 应当是：{condition}。',
  '{key} on {node} is {value}.': '{node} 上的 {key} 是 {value}。',
  '{node} has no setting {key}.': '{node} 没有设置项 {key}。',
  'not there': '不存在',

  // tcp, udp
  open: '开放的',
  closed: '关闭的（被拒绝）',
  filtered: '被过滤的（没有回应）',
  '{protocol} port {port} of {to}, tried from {from}, should be {state}.':
    '从 {from} 试探，{to} 的 {protocol} 端口 {port} 应当是{state}。',
  '{protocol} port {port} of {to}, tried from {from}, is {state}.':
    '从 {from} 试探，{to} 的 {protocol} 端口 {port} 是{state}。',
  'Tried by the platform': '平台的试探',

  // unchanged
  '{nodes} should be set up as they were when the lab began.': '{nodes} 的设置应当与实验开始时一样。',
  'Nothing is different.': '没有任何不同。',
  'Something is different on {nodes}.': '{nodes} 上有些设置不同了。',
  'How {node} was set up at the start is not known.': '不知道 {node} 开始时是怎样设置的。',
  'Reset the lab.': '请重新开始实验。',

  // Questions
  'You answered: {answer}': '你的回答：{answer}',
  'One of the choices is right.': '有一个选项是对的。',
  'All that are right, and no other.': '选出所有对的，且不多选。',
  'A number.': '一个数。',
  'An answer read from your network.': '从你的网络读出的答案。',
  'Your network could not be read.': '无法读取你的网络。',
  'What your network shows.': '你的网络所显示的。',
  'The number that your network shows.': '你的网络所显示的那个数。',
  'A word or a short text.': '一个词或一小段文字。',
  'A short text.': '一小段文字。',
  'An answer from your network.': '来自你的网络的结果。',
  '(nothing)': '（空）',
} as const;
