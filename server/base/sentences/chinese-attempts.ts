/** What happens to a learner's network. */
export const attempts = {
  'You stopped it.': '你停止了它。',
  'It ended because you left the course.': '因为你退出了课程，它已结束。',
  'It ended because you started another lab.': '因为你启动了另一个实验，它已结束。',
  'It ended because the server was full and nobody was using it.': '因为服务器已满，而它没有人在用，它已结束。',
  'It ended because the lab was reset.': '因为实验被重新开始，它已结束。',
  'It ended because the server was stopped.': '因为服务器停止，它已结束。',
  'It ended while the server was not running.': '它在服务器没有运行期间结束了。',
  'It ended after a minute without input.': '一分钟没有输入，它已结束。',
  'It ended after {minutes} minutes without input.': '{minutes} 分钟没有输入，它已结束。',
  'The sandbox was stopped.': '沙箱已停止。',
  'The sandbox ended by itself: it used up its memory, or its processes were ended from outside.':
    '沙箱自行结束：它用完了内存，或者它的进程被从外部结束。',
  'The sandbox ended by itself: it used up its memory.': '沙箱自行结束：它用完了内存。',
  'The sandbox ended by itself: its processes were ended from outside.': '沙箱自行结束：它的进程被从外部结束。',
  'The node {node} was ended from inside.': '节点 {node} 被从内部结束了。',
  'The sandbox was removed from outside.': '沙箱被从外部移除了。',
  'Nobody claimed it.': '没有人认领它。',
  'Your progress is kept. Start the lab again to go on.': '你的进度已保存。再次启动实验即可继续。',
  'Your network did not start.': '你的网络没有启动。',
  'Start it again. If it fails again, tell whoever runs this server.':
    '请再启动一次。如果仍然失败，请告诉管理这台服务器的人。',
  'The server was started anew. Your network ran on; terminals are new shells.':
    '服务器重新启动过。你的网络一直在运行；终端是新的 shell。',
  'The network ended while it started.': '网络在启动过程中结束了。',
  'This is a new network. What you had solved was done again in it: {tasks}.':
    '这是一个新的网络。你已经完成的部分已在其中重做：{tasks}。',
  '“{title}”': '“{title}”',
  'The terminals were closed.': '终端已关闭。',
  'The lab was reset.': '实验已重新开始。',
} as const;
