# The current mcporter wants Node 24, which an npm package brings.
packages_apart mcporter mcporter@0.12.3 node@24
settings=(XDG_CONFIG_HOME="$home/config")

expect heygen -- mcporter config add heygen "$endpoint"
expect 'Waiting for browser approval' -- mcporter auth heygen --oauth-timeout 60000
signed_in 'mcporter (heygen)'
answered 'POST /oauth/register 201'
expect create_video_from_avatar wait_for_jobs -- mcporter list heygen --no-oauth
expect "\"email\": \"$account@sandbox.example\"" -- mcporter call heygen.get_current_user --output json --no-oauth
expect '"count": 2' avatar_type -- mcporter call heygen.list_avatar_looks limit=2 --output json --no-oauth
spoke initialize
