import { strings } from '../strings/strings.ts'

const picture = new URL('./room.webp', import.meta.url).href

/** What a room looks like, and what plays there. */
export const RoomPicture = () => (
  <figure className="room-picture">
    <img src={picture} alt={strings.home.picture} width={960} height={600} loading="lazy" decoding="async" />
    <figcaption>
      {strings.home.plays}
      <ul>
        {[strings.home.files, 'HLS', 'DASH', 'YouTube', 'Vimeo'].map((kind) => (
          <li key={kind}>{kind}</li>
        ))}
      </ul>
    </figcaption>
  </figure>
)
