// What pages say, in the languages that they know. {0} and {1} are the places of what is told.
const words = {
  en: {
    loading: 'One moment…', stopped: 'This was stopped.', video: 'Video', audio: 'Audio', image: 'Picture',
    pending: 'In the queue', running: 'In the making', done: 'Ready', failed: 'It failed', canceled: 'Stopped', needs_input: 'Waiting for you', unknown: 'Not found',
    sofar: '{0} so far', follows: 'It appears here as soon as it is ready.', trying: 'No news right now; still asking.', asleep: 'This page cannot ask how far it is. Ask in the conversation.',
    download: 'Download', captions: 'Captions', again: 'Another take', retry: 'Try again', open: 'Open', larger: 'Larger', smaller: 'Smaller',
    blocked: 'It cannot be played here. The link opens it.', expired: 'The link had expired, and a fresh one was fetched.',
    sayAgain: 'Make another take of {0} {1}.', sayRetry: 'Try {0} {1} again.', tellDone: 'The {0} {1} is ready.', sent: 'Asked for.', unsent: 'This client takes no message from here. Say: “{0}”',
    of: '{0} of {1} ready', wrong: 'Something went wrong.',
    lookTitle: 'Choose a look', voiceTitle: 'Choose a voice', castTitle: 'Choose who says it', use: 'Use this', listen: 'Listen to {0}', stop: 'Stop', more: 'Show more', none: 'Nothing fits.', own: 'own',
    sayLook: 'Use the look {0}.', sayVoice: 'Use the voice {0}.', sayPair: 'Use the look {0} with the voice {1}.', noSample: 'No sample', perVideo: 'about {0}', perMinute: 'about {0} a minute', chosen: 'Chosen: {0}',
    female: 'female', male: 'male', portrait: 'portrait', landscape: 'landscape', square: 'square',
    makeTitle: 'Make an avatar', photo: 'Photo', prompt: 'Words', footage: 'Footage', name: 'Name', who: 'Who is it, in which clothes, where?', pick: 'Choose a file', pickPhoto: 'One clear photo of a face, PNG or JPEG.', pickFootage: '15 seconds to 10 minutes of one person speaking, MP4 or WebM.',
    consent: 'The person shown must agree before the first video. HeyGen asks them by a link.', make: 'Make the avatar', price: 'costs {0}', noPrice: 'HeyGen does not publish the price.', uploading: 'Uploading', needName: 'Give it a name.', needFile: 'Choose a file first.', needWords: 'Describe who it is.', tooLarge: 'The file is larger than {0} MB.',
    noUpload: 'The file could not be sent from here. Give it in the conversation.', noCalls: 'This client lets pages do nothing. Say in the conversation what the avatar is to be made of.', ready: 'The avatar is ready', script: 'What shall it say?', check: 'See what it costs', sayMake: 'Make the video of the look {0} with the voice {1} and this script: {2}', makeVideo: 'Make the video', sayConsent: 'Make the link by which the person shown agrees to the avatar group {0}.', askConsent: 'Get the consent link', tellAvatar: 'The look {0} is ready.',
  },
  de: {
    loading: 'Einen Moment…', stopped: 'Das wurde abgebrochen.', video: 'Video', audio: 'Audio', image: 'Bild',
    pending: 'In der Warteschlange', running: 'In Arbeit', done: 'Fertig', failed: 'Fehlgeschlagen', canceled: 'Abgebrochen', needs_input: 'Wartet auf Sie', unknown: 'Nicht gefunden',
    sofar: 'seit {0}', follows: 'Es erscheint hier, sobald es fertig ist.', trying: 'Der Stand ist gerade nicht abrufbar; es wird weiter versucht.', asleep: 'Diese Seite kann den Stand nicht abfragen. Fragen Sie im Chat.',
    download: 'Herunterladen', captions: 'Untertitel', again: 'Andere Fassung', retry: 'Erneut versuchen', open: 'Öffnen', larger: 'Größer', smaller: 'Kleiner',
    blocked: 'Hier lässt es sich nicht abspielen. Der Link öffnet es.', expired: 'Der Link war abgelaufen; ein neuer wurde abgerufen.',
    sayAgain: 'Mach eine andere Fassung von {0} {1}.', sayRetry: 'Versuche {0} {1} noch einmal.', tellDone: '{0} {1} ist fertig.', sent: 'Angefragt.', unsent: 'Dieser Client nimmt von hier keine Nachrichten an. Sagen Sie: „{0}“',
    of: '{0} von {1} fertig', wrong: 'Etwas ist schiefgegangen.',
    lookTitle: 'Wählen Sie einen Look', voiceTitle: 'Wählen Sie eine Stimme', castTitle: 'Wer soll es sagen?', use: 'Auswählen', listen: '{0} anhören', stop: 'Anhalten', more: 'Mehr anzeigen', none: 'Keine Treffer.', own: 'eigene',
    sayLook: 'Nimm den Look {0}.', sayVoice: 'Nimm die Stimme {0}.', sayPair: 'Nimm den Look {0} mit der Stimme {1}.', noSample: 'Keine Hörprobe', perVideo: 'etwa {0}', perMinute: 'etwa {0} je Minute', chosen: 'Gewählt: {0}',
    female: 'weiblich', male: 'männlich', portrait: 'Hochformat', landscape: 'Querformat', square: 'quadratisch',
    makeTitle: 'Avatar erstellen', photo: 'Foto', prompt: 'Beschreibung', footage: 'Aufnahme', name: 'Name', who: 'Wer ist es, in welcher Kleidung, wo?', pick: 'Datei wählen', pickPhoto: 'Ein deutliches Foto eines Gesichts, PNG oder JPEG.', pickFootage: '15 Sekunden bis 10 Minuten einer sprechenden Person, MP4 oder WebM.',
    consent: 'Die gezeigte Person muss vor dem ersten Video zustimmen. HeyGen fragt sie über einen Link.', make: 'Avatar erstellen', price: 'kostet {0}', noPrice: 'HeyGen nennt den Preis nicht.', uploading: 'Wird hochgeladen', needName: 'Geben Sie einen Namen an.', needFile: 'Wählen Sie zuerst eine Datei aus.', needWords: 'Beschreiben Sie, wer es ist.', tooLarge: 'Die Datei ist größer als {0} MB.',
    noUpload: 'Die Datei ließ sich von hier nicht senden. Geben Sie sie im Chat an.', noCalls: 'Dieser Client erlaubt Seiten keine Aktionen. Sagen Sie im Chat, woraus der Avatar entstehen soll.', ready: 'Der Avatar ist fertig', script: 'Was soll er sagen?', check: 'Kosten anzeigen', sayMake: 'Mach das Video des Looks {0} mit der Stimme {1} und diesem Text: {2}', makeVideo: 'Video erstellen', sayConsent: 'Mach den Link, über den die gezeigte Person der Avatargruppe {0} zustimmt.', askConsent: 'Einwilligungslink abrufen', tellAvatar: 'Der Look {0} ist fertig.',
  },
  es: {
    loading: 'Un momento…', stopped: 'Se ha detenido.', video: 'Vídeo', audio: 'Audio', image: 'Imagen',
    pending: 'En cola', running: 'En proceso', done: 'Listo', failed: 'Ha fallado', canceled: 'Detenido', needs_input: 'Esperando su respuesta', unknown: 'No encontrado',
    sofar: 'desde hace {0}', follows: 'Aparecerá aquí en cuanto esté listo.', trying: 'Sin novedades por ahora; se sigue consultando.', asleep: 'Esta página no puede consultar el estado. Pregunte en la conversación.',
    download: 'Descargar', captions: 'Subtítulos', again: 'Otra versión', retry: 'Reintentar', open: 'Abrir', larger: 'Ampliar', smaller: 'Reducir',
    blocked: 'Aquí no se puede reproducir. El enlace lo abre.', expired: 'El enlace había caducado y se ha pedido otro.',
    sayAgain: 'Haz otra versión de {0} {1}.', sayRetry: 'Vuelve a intentar {0} {1}.', tellDone: '{0} {1} está listo.', sent: 'Pedido.', unsent: 'Este cliente no acepta mensajes desde aquí. Diga: «{0}»',
    of: '{0} de {1} listos', wrong: 'Algo ha fallado.',
    lookTitle: 'Elija un look', voiceTitle: 'Elija una voz', castTitle: 'Elija quién lo dice', use: 'Usar este', listen: 'Escuchar {0}', stop: 'Parar', more: 'Ver más', none: 'Sin resultados.', own: 'propio',
    sayLook: 'Usa el look {0}.', sayVoice: 'Usa la voz {0}.', sayPair: 'Usa el look {0} con la voz {1}.', noSample: 'Sin muestra', perVideo: 'unos {0}', perMinute: 'unos {0} por minuto', chosen: 'Elegido: {0}',
    female: 'femenino', male: 'masculino', portrait: 'vertical', landscape: 'horizontal', square: 'cuadrado',
    makeTitle: 'Crear un avatar', photo: 'Foto', prompt: 'Descripción', footage: 'Grabación', name: 'Nombre', who: '¿Quién es, con qué ropa, dónde?', pick: 'Elegir un archivo', pickPhoto: 'Una foto nítida de una cara, PNG o JPEG.', pickFootage: 'De 15 segundos a 10 minutos de una persona que habla, MP4 o WebM.',
    consent: 'La persona debe aceptar antes del primer vídeo. HeyGen se lo pide con un enlace.', make: 'Crear el avatar', price: 'cuesta {0}', noPrice: 'HeyGen no publica el precio.', uploading: 'Subiendo', needName: 'Indique un nombre.', needFile: 'Elija antes un archivo.', needWords: 'Describa quién es.', tooLarge: 'El archivo supera {0} MB.',
    noUpload: 'No se pudo enviar el archivo desde aquí. Adjúntelo en la conversación.', noCalls: 'Este cliente no permite acciones desde las páginas. Diga en la conversación con qué se crea el avatar.', ready: 'El avatar está listo', script: '¿Qué debe decir?', check: 'Ver cuánto cuesta', sayMake: 'Haz el vídeo del look {0} con la voz {1} y este guion: {2}', makeVideo: 'Crear el vídeo', sayConsent: 'Crea el enlace con el que la persona acepta el grupo de avatar {0}.', askConsent: 'Pedir el enlace', tellAvatar: 'El look {0} está listo.',
  },
  fr: {
    loading: 'Un instant…', stopped: 'C’est arrêté.', video: 'Vidéo', audio: 'Audio', image: 'Image',
    pending: 'En attente', running: 'En cours', done: 'Prêt', failed: 'Échec', canceled: 'Arrêté', needs_input: 'En attente de votre réponse', unknown: 'Introuvable',
    sofar: 'depuis {0}', follows: 'Cela s’affiche ici dès que c’est prêt.', trying: 'L’avancement n’est pas disponible pour le moment ; nouvel essai en cours.', asleep: 'Cette page ne peut pas suivre l’avancement. Demandez dans la conversation.',
    download: 'Télécharger', captions: 'Sous-titres', again: 'Autre version', retry: 'Réessayer', open: 'Ouvrir', larger: 'Agrandir', smaller: 'Réduire',
    blocked: 'La lecture est impossible ici. Le lien l’ouvre.', expired: 'Le lien avait expiré ; un nouveau a été demandé.',
    sayAgain: 'Fais une autre version de {0} {1}.', sayRetry: 'Réessaie {0} {1}.', tellDone: '{0} {1} est prêt.', sent: 'Demandé.', unsent: 'Ce client n’accepte pas de message d’ici. Dites : « {0} »',
    of: '{0} sur {1} prêts', wrong: 'Un problème est survenu.',
    lookTitle: 'Choisissez un look', voiceTitle: 'Choisissez une voix', castTitle: 'Qui le dira ?', use: 'Choisir', listen: 'Écouter {0}', stop: 'Arrêter', more: 'Voir plus', none: 'Aucun résultat.', own: 'à vous',
    sayLook: 'Prends le look {0}.', sayVoice: 'Prends la voix {0}.', sayPair: 'Prends le look {0} avec la voix {1}.', noSample: 'Pas d’extrait', perVideo: 'environ {0}', perMinute: 'environ {0} la minute', chosen: 'Choisi : {0}',
    female: 'femme', male: 'homme', portrait: 'portrait', landscape: 'paysage', square: 'carré',
    makeTitle: 'Créer un avatar', photo: 'Photo', prompt: 'Description', footage: 'Vidéo', name: 'Nom', who: 'Qui est-ce, dans quelle tenue, où ?', pick: 'Choisir un fichier', pickPhoto: 'Une photo nette d’un visage, PNG ou JPEG.', pickFootage: '15 secondes à 10 minutes d’une personne qui parle, MP4 ou WebM.',
    consent: 'La personne doit accepter avant la première vidéo. HeyGen le lui demande par un lien.', make: 'Créer l’avatar', price: 'coûte {0}', noPrice: 'HeyGen ne publie pas le prix.', uploading: 'Envoi', needName: 'Donnez-lui un nom.', needFile: 'Choisissez d’abord un fichier.', needWords: 'Décrivez qui c’est.', tooLarge: 'Le fichier dépasse {0} Mo.',
    noUpload: 'Le fichier n’a pas pu être envoyé d’ici. Joignez-le à la conversation.', noCalls: 'Ce client n’autorise aucune action depuis les pages. Dites dans la conversation à partir de quoi créer l’avatar.', ready: 'L’avatar est prêt', script: 'Que doit-il dire ?', check: 'Voir le prix', sayMake: 'Fais la vidéo du look {0} avec la voix {1} et ce texte : {2}', makeVideo: 'Créer la vidéo', sayConsent: 'Crée le lien par lequel la personne accepte le groupe d’avatar {0}.', askConsent: 'Obtenir le lien', tellAvatar: 'Le look {0} est prêt.',
  },
  pt: {
    loading: 'Um momento…', stopped: 'Foi interrompido.', video: 'Vídeo', audio: 'Áudio', image: 'Imagem',
    pending: 'Na fila', running: 'Em produção', done: 'Pronto', failed: 'Falhou', canceled: 'Interrompido', needs_input: 'Aguardando você', unknown: 'Não encontrado',
    sofar: 'há {0}', follows: 'Aparece aqui assim que estiver pronto.', trying: 'Sem novidades no momento; a consulta continua.', asleep: 'Esta página não consegue consultar o andamento. Pergunte na conversa.',
    download: 'Baixar', captions: 'Legendas', again: 'Outra versão', retry: 'Tentar de novo', open: 'Abrir', larger: 'Ampliar', smaller: 'Reduzir',
    blocked: 'Não é possível reproduzir aqui. Abra pelo link.', expired: 'O link tinha expirado; um novo foi pedido.',
    sayAgain: 'Faça outra versão de {0} {1}.', sayRetry: 'Tente {0} {1} de novo.', tellDone: '{0} {1} está pronto.', sent: 'Pedido.', unsent: 'Este cliente não aceita mensagens daqui. Diga: “{0}”',
    of: '{0} de {1} prontos', wrong: 'Algo deu errado.',
    lookTitle: 'Escolha um visual', voiceTitle: 'Escolha uma voz', castTitle: 'Quem vai dizer?', use: 'Usar este', listen: 'Ouvir {0}', stop: 'Parar', more: 'Ver mais', none: 'Nenhum resultado.', own: 'próprio',
    sayLook: 'Use o visual {0}.', sayVoice: 'Use a voz {0}.', sayPair: 'Use o visual {0} com a voz {1}.', noSample: 'Sem amostra', perVideo: 'cerca de {0}', perMinute: 'cerca de {0} por minuto', chosen: 'Escolhido: {0}',
    female: 'feminino', male: 'masculino', portrait: 'retrato', landscape: 'paisagem', square: 'quadrado',
    makeTitle: 'Criar um avatar', photo: 'Foto', prompt: 'Descrição', footage: 'Gravação', name: 'Nome', who: 'Quem é, com que roupa, onde?', pick: 'Escolher um arquivo', pickPhoto: 'Uma foto nítida de um rosto, PNG ou JPEG.', pickFootage: 'De 15 segundos a 10 minutos de uma pessoa falando, MP4 ou WebM.',
    consent: 'A pessoa precisa concordar antes do primeiro vídeo. A HeyGen pergunta por meio de um link.', make: 'Criar o avatar', price: 'custa {0}', noPrice: 'A HeyGen não publica o preço.', uploading: 'Enviando', needName: 'Dê um nome.', needFile: 'Escolha antes um arquivo.', needWords: 'Descreva quem é.', tooLarge: 'O arquivo tem mais de {0} MB.',
    noUpload: 'O arquivo não pôde ser enviado daqui. Envie-o na conversa.', noCalls: 'Este cliente não permite ações nas páginas. Diga na conversa a partir de que o avatar será criado.', ready: 'O avatar está pronto', script: 'O que deve dizer?', check: 'Ver quanto custa', sayMake: 'Faça o vídeo do visual {0} com a voz {1} e este roteiro: {2}', makeVideo: 'Criar o vídeo', sayConsent: 'Crie o link com que a pessoa concorda com o grupo de avatar {0}.', askConsent: 'Obter o link', tellAvatar: 'O visual {0} está pronto.',
  },
  ja: {
    loading: 'お待ちください…', stopped: '中止されました。', video: '動画', audio: '音声', image: '画像',
    pending: '順番待ち', running: '作成中', done: '完成', failed: '失敗しました', canceled: '中止', needs_input: '入力待ち', unknown: '見つかりません',
    sofar: '経過 {0}', follows: '完成するとここに表示されます。', trying: '状況を取得できません。再試行しています。', asleep: 'このページは状況を確認できません。会話で尋ねてください。',
    download: 'ダウンロード', captions: '字幕', again: '別テイク', retry: '再試行', open: '開く', larger: '拡大', smaller: '縮小',
    blocked: 'ここでは再生できません。リンクから開けます。', expired: 'リンクの期限が切れていたため、取り直しました。',
    sayAgain: '{0} {1} を別テイクで作ってください。', sayRetry: '{0} {1} をもう一度試してください。', tellDone: '{0} {1} が完成しました。', sent: '依頼しました。', unsent: 'ここからは送信できません。次のように伝えてください: 「{0}」',
    of: '{1} 件中 {0} 件完成', wrong: '問題が発生しました。',
    lookTitle: 'ルックを選ぶ', voiceTitle: '声を選ぶ', castTitle: '話す人を選ぶ', use: 'これを使う', listen: '{0} を聴く', stop: '停止', more: 'もっと見る', none: '該当なし', own: '自分の',
    sayLook: 'ルック {0} を使ってください。', sayVoice: '声 {0} を使ってください。', sayPair: 'ルック {0} と声 {1} を使ってください。', noSample: '試聴なし', perVideo: '約 {0}', perMinute: '1 分あたり約 {0}', chosen: '選択中: {0}',
    female: '女性', male: '男性', portrait: '縦', landscape: '横', square: '正方形',
    makeTitle: 'アバターを作る', photo: '写真', prompt: '説明文', footage: '映像', name: '名前', who: '人物、服装、場所を説明してください', pick: 'ファイルを選ぶ', pickPhoto: '顔がはっきり写った写真 1 枚（PNG か JPEG）。', pickFootage: '1 人が話す 15 秒から 10 分の映像（MP4 か WebM）。',
    consent: '最初の動画の前に本人の同意が必要です。HeyGen がリンクで確認します。', make: 'アバターを作る', price: '料金 {0}', noPrice: '料金は公開されていません。', uploading: 'アップロード中', needName: '名前を入力してください。', needFile: '先にファイルを選んでください。', needWords: '人物の説明を入力してください。', tooLarge: 'ファイルが {0} MB を超えています。',
    noUpload: 'ここからは送れませんでした。会話で渡してください。', noCalls: 'このクライアントではページから操作できません。会話で伝えてください。', ready: 'アバターが完成しました', script: '話す内容', check: '料金を見る', sayMake: 'ルック {0} と声 {1} で、この台本の動画を作ってください: {2}', makeVideo: '動画を作る', sayConsent: 'アバターグループ {0} の同意リンクを作ってください。', askConsent: '同意リンクを取得', tellAvatar: 'ルック {0} が完成しました。',
  },
  zh: {
    loading: '请稍候…', stopped: '已停止。', video: '视频', audio: '音频', image: '图片',
    pending: '排队中', running: '制作中', done: '已完成', failed: '失败', canceled: '已停止', needs_input: '等待您的回应', unknown: '未找到',
    sofar: '已用 {0}', follows: '完成后会显示在这里。', trying: '暂无消息，仍在查询。', asleep: '此页面无法查询进度。请在对话中询问。',
    download: '下载', captions: '字幕', again: '再来一版', retry: '重试', open: '打开', larger: '放大', smaller: '缩小',
    blocked: '此处无法播放，请通过链接打开。', expired: '链接已过期，已重新获取。',
    sayAgain: '请为 {0} {1} 再做一版。', sayRetry: '请重试 {0} {1}。', tellDone: '{0} {1} 已完成。', sent: '已请求。', unsent: '此处无法发送消息。请说：“{0}”',
    of: '{1} 个中 {0} 个已完成', wrong: '出错了。',
    lookTitle: '选择造型', voiceTitle: '选择声音', castTitle: '由谁来说？', use: '使用', listen: '试听 {0}', stop: '停止', more: '显示更多', none: '没有合适的。', own: '自有',
    sayLook: '使用造型 {0}。', sayVoice: '使用声音 {0}。', sayPair: '使用造型 {0} 和声音 {1}。', noSample: '无试听', perVideo: '约 {0}', perMinute: '每分钟约 {0}', chosen: '已选：{0}',
    female: '女', male: '男', portrait: '竖屏', landscape: '横屏', square: '方形',
    makeTitle: '制作虚拟形象', photo: '照片', prompt: '文字描述', footage: '视频素材', name: '名称', who: '人物、服装和场景是怎样的？', pick: '选择文件', pickPhoto: '一张清晰的人脸照片，PNG 或 JPEG。', pickFootage: '一个人说话的视频，15 秒到 10 分钟，MP4 或 WebM。',
    consent: '首个视频之前，本人必须同意。HeyGen 会通过链接询问。', make: '制作虚拟形象', price: '费用 {0}', noPrice: 'HeyGen 未公布价格。', uploading: '正在上传', needName: '请填写名称。', needFile: '请先选择文件。', needWords: '请描述人物。', tooLarge: '文件超过 {0} MB。',
    noUpload: '无法从这里发送文件。请在对话中提供。', noCalls: '此客户端不允许页面操作。请在对话中说明用什么制作。', ready: '虚拟形象已就绪', script: '要说什么？', check: '查看费用', sayMake: '用造型 {0} 和声音 {1} 制作视频，台词：{2}', makeVideo: '制作视频', sayConsent: '请为虚拟形象组 {0} 生成同意链接。', askConsent: '获取同意链接', tellAvatar: '造型 {0} 已就绪。',
  },
  zhHant: {
    loading: '請稍候…', stopped: '已停止。', video: '影片', audio: '音訊', image: '圖片',
    pending: '排隊中', running: '製作中', done: '已完成', failed: '失敗', canceled: '已停止', needs_input: '等待您的回應', unknown: '找不到',
    sofar: '已經過 {0}', follows: '完成後會顯示在這裡。', trying: '目前沒有消息，仍在查詢。', asleep: '這個頁面無法查詢進度。請在對話中詢問。',
    download: '下載', captions: '字幕', again: '再做一版', retry: '再試一次', open: '開啟', larger: '放大', smaller: '縮小',
    blocked: '這裡無法播放，請用連結開啟。', expired: '連結已過期，已重新取得。',
    sayAgain: '請為 {0} {1} 再做一版。', sayRetry: '請再試一次 {0} {1}。', tellDone: '{0} {1} 已完成。', sent: '已送出要求。', unsent: '這裡無法傳送訊息。請說：「{0}」',
    of: '{1} 個中完成 {0} 個', wrong: '出了點問題。',
    lookTitle: '選擇造型', voiceTitle: '選擇語音', castTitle: '由誰來說？', use: '使用', listen: '試聽 {0}', stop: '停止', more: '顯示更多', none: '沒有合適的。', own: '自有',
    sayLook: '使用造型 {0}。', sayVoice: '使用語音 {0}。', sayPair: '使用造型 {0} 和語音 {1}。', noSample: '無法試聽', perVideo: '約 {0}', perMinute: '每分鐘約 {0}', chosen: '已選：{0}',
    female: '女', male: '男', portrait: '直式', landscape: '橫式', square: '方形',
    makeTitle: '製作虛擬人像', photo: '照片', prompt: '文字描述', footage: '影片素材', name: '名稱', who: '人物、服裝和場景是什麼樣子？', pick: '選擇檔案', pickPhoto: '一張清楚的人臉照片，PNG 或 JPEG。', pickFootage: '一個人說話的影片，15 秒到 10 分鐘，MP4 或 WebM。',
    consent: '製作第一支影片前，必須取得本人同意。HeyGen 會透過連結詢問。', make: '製作虛擬人像', price: '費用 {0}', noPrice: 'HeyGen 未公布價格。', uploading: '正在上傳', needName: '請填寫名稱。', needFile: '請先選擇檔案。', needWords: '請描述人物。', tooLarge: '檔案超過 {0} MB。',
    noUpload: '無法從這裡傳送檔案。請在對話中提供。', noCalls: '這個用戶端不允許頁面操作。請在對話中說明要用什麼製作。', ready: '虛擬人像已完成', script: '要說什麼？', check: '查看費用', sayMake: '用造型 {0} 和語音 {1} 製作影片，台詞：{2}', makeVideo: '製作影片', sayConsent: '請為虛擬人像群組 {0} 建立同意連結。', askConsent: '取得同意連結', tellAvatar: '造型 {0} 已完成。',
  },
}

// locale is the client's, or else the browser's, as far as it is one.
const locale = () => {
  for (const one of [host.context.locale, navigator.language]) {
    try {
      return new Intl.Locale(one).toString()
    } catch { /* none */ }
  }
  return 'en'
}

// say is a text in the person's language.
const say = (key, ...values) => {
  const { language, script } = new Intl.Locale(locale()).maximize() // zh-TW is zh-Hant-TW
  const found = (words[language + script] ?? words[language])?.[key] ?? words.en[key] ?? key
  return found.replace(/\{(\d)\}/g, (_, n) => values[n] ?? '')
}
