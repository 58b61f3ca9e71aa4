package media

import _ "embed" // for clipMP4

// clipMP4 is the one recording that every finished video repeats: two seconds of 640x360 H.264
// (baseline, 25 pictures a second) and AAC (mono, 48 kHz). It begins with its only key frame, holds
// no B-frames and its group of pictures is closed, so that any number of its pictures can be
// followed by its first one. Picture and tone both come back to where they began, so that the seam
// is not seen or heard. This made it:
//
//	ffmpeg \
//	  -f lavfi -i "color=s=640x360:r=25:d=2,format=gbrp,geq=\
//	r='40+70*X/W+90*exp(-pow((Y-180-60*sin(2*PI*(X/W-T/2)))/26,2))+50*exp(-pow((Y-180+50*sin(2*PI*(X/W+T/2)))/40,2))':\
//	g='44+60*Y/H+70*exp(-pow((Y-180+50*sin(2*PI*(X/W+T/2)))/40,2))+60*exp(-pow((Y-180-60*sin(2*PI*(X/W-T/2)))/26,2))':\
//	b='110+60*(1-X/W)+40*exp(-pow((Y-180+50*sin(2*PI*(X/W+T/2)))/40,2))'" \
//	  -f lavfi -i "aevalsrc='(0.5-0.5*cos(2*PI*t*46.875/94))\
//	*(0.04*sin(2*PI*187.5*t)+0.03*sin(2*PI*281.25*t)+0.02*sin(2*PI*375*t))':s=48000:d=2.048" \
//	  -c:v libx264 -profile:v baseline -pix_fmt yuv420p -preset veryslow -crf 27 -bf 0 -g 50 -keyint_min 50 -sc_threshold 0 \
//	  -c:a aac -b:a 32k -ac 1 -flags +cgop+bitexact -fflags +bitexact -map_metadata -1 clip.mp4
//
//go:embed clip.mp4
var clipMP4 []byte

const (
	clipRate       = 25    // pictures a second
	clipAudioRate  = 48000 // audio samples a second
	clipAudioFrame = 1024  // audio samples in one AAC frame, which is the format's own number

	// clipAudioSkip AAC frames at the clip's start fade in from the encoder's silence and are left
	// out: repeated, they would click.
	clipAudioSkip = 2
	// clipAudioLoop AAC frames are one period of the tone: every partial is a multiple of
	// 48000/1024 Hz and the swell lasts 94 frames, as the line above says.
	clipAudioLoop = 94
)
